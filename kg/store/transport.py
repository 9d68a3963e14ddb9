"""Requests to one server: time limit, bounded retries, whole answers only, and a clear sentence for everything else."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx

from kg.errors import StoreError
from kg.store.credentials import Authentication, Credentials, is_loopback
from kg.store.queries import short
from kg.wording import Wording

ATTEMPTS = 4
FIRST_PAUSE = 0.2  # seconds; each further pause is twice as long
LONGEST_PAUSE = 5.0  # seconds, also where the server asks for more
LARGEST = 1 << 30  # bytes of an answer
_CONNECT = 5.0  # seconds
_BUSY = {429, 502, 503, 504}
_UNPRINTABLE = dict.fromkeys((*range(32), 127), " ")

Form = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: ``again`` says that asking twice does no harm, so that it may be retried."""

    method: str
    url: str
    params: Form | None = None
    form: Form | None = None
    content: bytes | None = None
    media: str = ""
    accept: str = "*/*"
    again: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def media(self) -> str:
        """The media type without its parameters."""
        return str(self.headers.get("Content-Type", "")).partition(";")[0].strip().lower()

    @property
    def said(self) -> str:
        """The first line of what the server says, for an error message; nothing for a page made for browsers."""
        if self.media == "text/html":
            return ""
        text = self.body[:2000].decode("utf-8", errors="replace").strip()
        return (text.splitlines() or [""])[0].translate(_UNPRINTABLE)[:200]


class Transport:
    """One server: its connections, its credentials, its time limit in seconds for each request."""

    def __init__(self, address: str, credentials: Credentials | None, limit: float) -> None:
        host = httpx.URL(address).host
        self._limit = limit
        self._client = httpx.Client(
            auth=Authentication(credentials) if credentials else None,
            timeout=httpx.Timeout(limit, connect=min(_CONNECT, limit)),
            follow_redirects=False,
            trust_env=not is_loopback(host),  # a proxy has no business between this machine and itself
        )

    def send(self, request: Request) -> Reply:
        """Return the answer to ``request``, whatever its status but a redirect, a refusal or a busy server.

        Raises ``StoreError`` when the server cannot be reached, is too slow, breaks off, refuses the credentials, stays busy
        over ``ATTEMPTS`` attempts, sends us elsewhere (never followed: that might be another host) or says too much.
        """
        pause = FIRST_PAUSE
        for attempt in range(1, ATTEMPTS + 1):
            last = attempt == ATTEMPTS or not request.again
            try:
                reply = self._once(request)
            except (httpx.ConnectError, httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
                if last:
                    raise self._broken(request, error) from error
            except httpx.TimeoutException as error:
                raise self._slow(request) from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise StoreError(
                    request.url,
                    Wording(f"无法询问（{short(error)}）", f"cannot be asked ({short(error)})"),
                    Wording("请核对地址", "check the address"),
                ) from error
            else:
                if reply.status not in _BUSY or last:
                    return _checked(request, reply)
                pause = max(pause, _asked_for(reply))
            time.sleep(min(pause, LONGEST_PAUSE))
            pause *= 2
        raise AssertionError("the last attempt returns or raises")

    def _once(self, request: Request) -> Reply:
        headers = {"Accept": request.accept, **({"Content-Type": request.media} if request.media else {})}
        ends, body = time.monotonic() + self._limit, bytearray()
        with self._client.stream(
            request.method, request.url, params=request.params, data=request.form, content=request.content, headers=headers
        ) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > LARGEST:
                    raise StoreError(
                        request.url,
                        Wording(f"回答超过 {LARGEST >> 20} MiB", f"the answer is longer than {LARGEST >> 20} MiB"),
                        Wording("请少问一些", "ask for less"),
                    )
                if time.monotonic() > ends:  # a server that sends a byte now and then
                    raise self._slow(request)
            return Reply(response.status_code, response.headers, bytes(body))

    def _slow(self, request: Request) -> StoreError:
        return StoreError(
            request.url,
            Wording(f"{self._limit:g} 秒内没有收到完整的回答", f"no whole answer came within {self._limit:g} s"),
            Wording("请少问一些，或设 KG_STORE_TIMEOUT（秒）", "ask for less, or set KG_STORE_TIMEOUT (seconds)"),
        )

    def _broken(self, request: Request, error: Exception) -> StoreError:
        if isinstance(error, httpx.ConnectError):
            return StoreError(
                request.url,
                Wording(f"连不上服务器（{short(error)}）", f"the server cannot be reached ({short(error)})"),
                Wording("请启动它，或核对地址", "start it, or check the address"),
            )
        return StoreError(
            request.url,
            Wording(f"服务器没有答完就断开了（{short(error)}）", f"the server broke off before its answer was whole ({short(error)})"),
            Wording("请看服务器日志", "look into its log"),
        )


def _checked(request: Request, reply: Reply) -> Reply:
    if 300 <= reply.status < 400:
        elsewhere = reply.headers.get("Location", "no address").translate(_UNPRINTABLE)[:200]
        raise StoreError(
            request.url,
            Wording(f"服务器转向 {elsewhere}，此处不跟随", f"the server sends us to {elsewhere}, and we do not follow"),
            Wording("请直接给出该地址", "give the address that is meant"),
        )
    if reply.status in (401, 403, 407):
        what = Wording(
            f"服务器拒绝了请求（{reply.status}{'，' if reply.said else ''}{reply.said}）",
            f"the server refuses us ({reply.status}{', ' if reply.said else ''}{reply.said})",
        )
        raise StoreError(
            request.url,
            what,
            Wording(
                "请设 KG_STORE_USER 与 KG_STORE_PASSWORD，或 KG_STORE_TOKEN，或写 netrc 文件",
                "set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN, or write a netrc file",
            ),
        )
    if reply.status in _BUSY:
        raise StoreError(
            request.url,
            Wording(
                f"服务器繁忙或不在（{reply.status}），连续 {ATTEMPTS} 次",
                f"the server is busy or away ({reply.status}), {ATTEMPTS} times in a row",
            ),
            Wording("请稍后再试", "try again later"),
        )
    return reply


def _asked_for(reply: Reply) -> float:
    """Return the pause that a busy server asks for, in seconds (Retry-After as a number; RFC 9110, 10.2.3)."""
    text = reply.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() else 0.0
