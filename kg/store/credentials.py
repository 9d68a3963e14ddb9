"""Who we are to a server: a name and password or a token, from the environment or a netrc file, never from the command line."""

import ipaddress
import netrc
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from kg.errors import InputError, StoreError
from kg.wording import Wording

_SAFER = Wording("请用 https 地址，或要求摘要认证的服务器", "use an https address, or a server that asks for digest authentication")


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a bearer token. Their text form shows neither."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def find_credentials(address: str, environment: Mapping[str, str]) -> Credentials | None:
    """Return the credentials for the server at ``address``, ``None`` where there are none.

    First ``KG_STORE_TOKEN``, then ``KG_STORE_USER`` with ``KG_STORE_PASSWORD``, then the entry of the host (``host:port`` before
    ``host``) in the netrc file ``KG_STORE_NETRC``, by default ``~/.netrc``. Raises ``InputError`` for an address that holds a
    password, which would be seen in lists of programs, and for a named netrc file that others may read.
    """
    parts = urlsplit(address)
    if parts.username or parts.password:
        where = f"{parts.scheme}://{parts.hostname}"
        raise InputError(
            where,
            Wording("地址里有用户名或密码", "the address holds a name or a password"),
            Wording(
                "请设 KG_STORE_USER 与 KG_STORE_PASSWORD，或写 netrc 文件", "set KG_STORE_USER and KG_STORE_PASSWORD, or write a netrc file"
            ),
        )
    if token := environment.get("KG_STORE_TOKEN"):
        return Credentials(token=token)
    if user := environment.get("KG_STORE_USER"):
        return Credentials(user, environment.get("KG_STORE_PASSWORD", ""))
    named = environment.get("KG_STORE_NETRC")
    return _from_netrc(Path(named) if named else Path.home() / ".netrc", parts.netloc, parts.hostname or "", bool(named))


def _from_netrc(path: Path, place: str, host: str, named: bool) -> Credentials | None:
    try:
        if path.stat().st_mode & 0o077:
            raise InputError(
                path,
                Wording("别人可以读这个密码文件", "others may read this file of passwords"),
                Wording(f"请执行 chmod 600 {path}", f"say chmod 600 {path}"),
            )
        hosts = netrc.netrc(str(path)).hosts
    except FileNotFoundError as error:
        if named:
            raise InputError(
                path,
                Wording("没有这个密码文件", "there is no such file of passwords"),
                Wording("请改正 KG_STORE_NETRC", "mend KG_STORE_NETRC"),
            ) from error
        return None
    except (OSError, netrc.NetrcParseError) as error:
        raise InputError(
            path, Wording(f"不能读作 netrc（{error}）", f"cannot be read as netrc ({error})"), Wording("请改正文件", "mend the file")
        ) from error
    found = hosts.get(place) or hosts.get(host)
    return Credentials(found[0], found[2] or "") if found else None


class Authentication(httpx.Auth):
    """Answers the server's challenge: Digest or Basic as it asks (RFC 7616, RFC 7617), a token at once (RFC 6750).

    A password or token is not sent in the clear over a network: Basic and Bearer need https or a loopback address.
    """

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._credentials.token:
            _refuse_in_the_clear(request.url)
            request.headers["Authorization"] = f"Bearer {self._credentials.token}"
            yield request
            return
        if self._chosen is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            self._chosen = self._answer_to(response.headers.get_list("WWW-Authenticate"), request.url)
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)

    def _answer_to(self, challenges: list[str], url: httpx.URL) -> httpx.Auth | None:
        schemes = {challenge.partition(" ")[0].lower() for challenge in challenges}
        if "digest" in schemes:
            return httpx.DigestAuth(self._credentials.user, self._credentials.password)
        if "basic" in schemes:
            _refuse_in_the_clear(url)
            return httpx.BasicAuth(self._credentials.user, self._credentials.password)
        return None


def is_loopback(host: str) -> bool:
    """Say whether ``host`` is this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("example.org")
    (True, True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_in_the_clear(url: httpx.URL) -> None:
    if url.scheme != "https" and not is_loopback(url.host):
        raise StoreError(
            f"{url.scheme}://{url.host}", Wording("密码会以明文经过网络", "the password would cross the network in the clear"), _SAFER
        )
