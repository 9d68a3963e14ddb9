"""The program ``kg``, and the options that several of its commands share."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg.errors import KgError
from kg.wording import Lang as Language

_SPOKEN = "kg.lang"  # where a command keeps its language among what click knows of it


class Program(TyperGroup):
    """The commands; an error that the user can mend is one line on standard error, in the language of the command."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            lang: Language = "en" if ctx.meta.get(_SPOKEN, os.environ.get("KG_LANG")) == "en" else "zh"
            print(f"kg: {error.said(lang)}", file=sys.stderr)
            raise SystemExit(error.status) from error


app = typer.Typer(
    cls=Program,
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


def _remembered(ctx: typer.Context, lang: Lang) -> Lang:
    """Keep the language for what is told about the command as a whole: its errors."""
    ctx.meta[_SPOKEN] = lang.value
    return lang


LangOption = Annotated[
    Lang, typer.Option("--lang", envvar="KG_LANG", callback=_remembered, help="Language of labels and messages. 标签与提示的语言。")
]


OutputOption = Annotated[Path | None, typer.Option("-o", "--output", help="File to write; - is standard output. 输出文件。")]


FormOption = Annotated[Form, typer.Option("--format", help="How to print the answer. 输出格式。")]


RelationOption = Annotated[list[str] | None, typer.Option("--relation", help="Only these relations, e.g. 领衔, leads. 关系。")]


StatusOption = Annotated[list[str] | None, typer.Option("--status", help="Only this status, e.g. 已完成, planned. 状态。")]


ReportOption = Annotated[list[str] | None, typer.Option("--report", help="Only what this report says. 报告。")]


AsOfOption = Annotated[str | None, typer.Option("--as-of", help="Only what had begun by this day: 2020-06-30. 截至日期。")]


GRAPH = Path("graph")
