"""The command ``serve``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.options import GRAPH, GraphOption, Lang, LangOption, app

MIB = 1 << 20


@app.command()
def serve(
    graph: GraphOption = GRAPH,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any free one; the address is printed. 端口。")] = 8087,
    host: Annotated[str, typer.Option(help="Address to listen at. 监听地址。")] = "127.0.0.1",
    open_to_others: Annotated[
        bool, typer.Option("--open-to-others", help="Listen at an address that other machines reach. 允许其他机器访问。")
    ] = False,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a query may take. 查询时限（秒）。")] = 30.0,
    rows: Annotated[int, typer.Option(min=1, help="Rows an answer may have. 结果行数上限。")] = 1_000_000,
    megabytes: Annotated[int, typer.Option(min=1, help="MiB an answer may have. 结果大小上限（MiB）。")] = 256,
    memory: Annotated[int, typer.Option(min=128, help="MiB a query may take. 查询内存上限（MiB）。")] = 4096,
    hold: Annotated[
        int | None, typer.Option(min=0, help="MiB of graph to hold in memory; 0: read the files. 可载入内存的图谱大小（MiB），0：不载入。")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Queries at the same time. 同时执行的查询数。")] = None,
    waiting: Annotated[int, typer.Option(min=0, help="Requests that may wait. 排队请求数上限。")] = 128,
    patience: Annotated[float, typer.Option(min=0.1, help="Seconds in which a client must send its request. 等待客户端的秒数。")] = 10.0,
    union: Annotated[
        bool,
        typer.Option("--union-default-graph/--empty-default-graph", help="What a query without GRAPH asks. 无 GRAPH 时查询全部图或空图。"),
    ] = True,
    allow_origin: Annotated[str, typer.Option(help="Web pages that may read answers: *, an origin, or empty. 跨源许可。")] = "*",
    update_token_file: Annotated[
        Path | None, typer.Option(help="File with the token for updates, of a store without reports. 更新令牌文件（仅用于独立的库）。")
    ] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """Serve the graph: SPARQL endpoint, questions over HTTP, linked data, pages. 启动服务。"""
    from kg.server import Limits
    from kg.server import serve as serve_graph
    from kg.server.token import read_token

    token = read_token(update_token_file, lang.value) if update_token_file else ""
    limits = Limits(
        seconds=timeout, rows=rows, bytes=megabytes * MIB, memory=memory * MIB, waiting=waiting, **_more(workers, hold, patience)
    )
    serve_graph(
        graph,
        host=host,
        port=port,
        limits=limits,
        lang=lang.value,
        union=union,
        origin=allow_origin,
        open_to_others=open_to_others,
        token=token,
    )


def _more(workers: int | None, hold: int | None, patience: float) -> dict[str, Any]:
    """Return the limits that depend on the machine where they are not given, and those that follow from ``patience``."""
    given = {"workers": workers, "held": None if hold is None else hold * MIB}
    return {"head_seconds": patience, "body_seconds": 3 * patience} | {name: one for name, one in given.items() if one is not None}
