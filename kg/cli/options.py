"""The program ``kg``, and the options that several of its commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Lang(StrEnum):
    """The language of labels, messages and pages."""

    zh = "zh"
    en = "en"


class Form(StrEnum):
    """How an answer is printed."""

    cards = "cards"
    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    markdown = "markdown"


class ScoreForm(StrEnum):
    """How scores are printed."""

    table = "table"
    json = "json"


class NetworkForm(StrEnum):
    """How a network is written out."""

    html = "html"
    graphml = "graphml"
    gexf = "gexf"
    cyjs = "cyjs"
    node_link = "node-link"
    csv = "csv"
    parquet = "parquet"
    mermaid = "mermaid"


class Export(StrEnum):
    """How the graph is written out."""

    turtle = "turtle"
    trig = "trig"
    nquads = "nquads"
    jsonld = "jsonld"
    csv = "csv"


GraphOption = Annotated[
    Path, typer.Option("--graph", envvar="KG_GRAPH", help="Folder of the graph: reports/, authority/, built/, store/. 图谱文件夹。")
]


StoreOption = Annotated[
    str | None,
    typer.Option("--store", envvar="KG_STORE", help="Address of a SPARQL server, instead of the store in --graph. SPARQL 服务器地址。"),
]


InferredOption = Annotated[bool, typer.Option("--inferred/--stated-only", help="Find what follows by rules, too. 也查推断的关系。")]


LangOption = Annotated[Lang, typer.Option("--lang", envvar="KG_LANG", help="Language of labels and messages. 标签与提示的语言。")]


OutputOption = Annotated[Path | None, typer.Option("-o", "--output", help="File to write; - is standard output. 输出文件。")]


FormOption = Annotated[Form, typer.Option("--format", help="How to print the answer. 输出格式。")]


GRAPH = Path("graph")
