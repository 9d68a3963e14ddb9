"""Run the server: listen, say where, answer until interrupted."""

import contextlib
import ipaddress
import resource
import socket
import sys
from pathlib import Path

from kg.errors import InputError
from kg.server.limits import Limits
from kg.wording import Lang, Wording

_FILES_BESIDE = 128  # open files that are no connections


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8087,
    limits: Limits | None = None,
    lang: Lang = "zh",
    union: bool = True,
    origin: str = "*",
    open_to_others: bool = False,
    token: str = "",
) -> None:
    """Serve the graph in ``folder`` at ``host`` and ``port`` (0: any free one) until interrupted.

    Raises ``StoreError`` when the graph cannot be opened, ``InputError`` when the address is taken or is reachable from
    other machines without ``open_to_others``. ``token`` (see ``kg.server.token``) lets those who have it update a store that
    stands alone, without a built graph beside it; where there is none, an empty one is made.
    """
    import uvicorn

    from kg.server.app import make_app
    from kg.server.connection import patient
    from kg.server.pool import Pool
    from kg.store import Store

    limits = limits or Limits()
    if token:
        _prepare_to_write(folder, lang)
    else:
        Store.open(folder)  # a graph that cannot be opened is said before anything is started
    loopback = _is_loopback(host)
    if not loopback and not open_to_others:
        raise _reachable(host, lang)
    listening = _listen(host, port, lang)
    _allow_files(limits.connections + _FILES_BESIDE)
    app = make_app(Pool(folder, limits, write=bool(token)), union=union, origin=origin, lang=lang, token=token)
    config = uvicorn.Config(
        app,
        http=patient(limits),
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        timeout_keep_alive=int(limits.idle_seconds) or 1,
        timeout_graceful_shutdown=3,
    )
    _say_where(listening, loopback, lang)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _prepare_to_write(folder: Path, lang: Lang) -> None:
    from kg.store import Store, write_store

    whole = folder.resolve()
    if ((whole.parent if whole.name == "store" else whole) / "built").exists():
        what = Wording("此图谱由报告构建，更新会与报告不符", "this graph is made from its reports, and updates would part it from them")
        remedy = Wording("改报告与决定；更新请用另一个文件夹", "change reports and decisions; for updates choose another folder")
        raise InputError(folder, what.said(lang), remedy.said(lang))
    if not (folder / "store").exists():
        write_store((), folder / "store", "")
    Store.open(folder, read_only=False)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _listen(host: str, port: int, lang: Lang) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host.strip("[]"), port), family=family, backlog=1024)
    except (OSError, OverflowError) as error:
        what = Wording(f"无法监听（{error}）", f"cannot be listened to ({error})")
        remedy = Wording("换一个 --port，或用 --port 0", "choose another --port, or --port 0 for any")
        raise InputError(f"{host}:{port}", what.said(lang), remedy.said(lang)) from error
    listening.setblocking(False)
    return listening


def _reachable(host: str, lang: Lang) -> InputError:
    what = Wording("其他机器可以访问此地址", "other machines can reach this address")
    remedy = Wording("确实需要时加 --open-to-others，并在前面设代理", "if that is meant, add --open-to-others and put a proxy before it")
    return InputError(host, what.said(lang), remedy.said(lang))


def _allow_files(wanted: int) -> None:
    """Let the process hold as many connections as it announces, as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _say_where(listening: socket.socket, loopback: bool, lang: Lang) -> None:
    host, port = listening.getsockname()[:2]
    address = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    if not loopback:
        said = Wording(
            "警告：此服务没有登录，网络上的任何人都能查询", "warning: anyone on the network can query this server, there is no login"
        )
        sys.stderr.write(f"kg serve: {said.said(lang)}\n")
