"""The command line: parse, call one function, print."""

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def top() -> None:
    """Knowledge graph of the innovation ecosystem."""


@app.command()
def facts(
    report: Annotated[str, typer.Argument()],
    issued: Annotated[str | None, typer.Option()] = None,
    area: Annotated[str | None, typer.Option()] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output")] = None,
) -> None:
    """Print the facts of a report."""
    from kg.extract import find_facts
    from kg.facts import dump_facts
    from kg.report import read_report

    source = read_report(Path(report), issued=issued, area=area)
    printed = dump_facts(find_facts(source), source.text)
    if output:
        output.write_text(printed, encoding="utf-8")
    else:
        sys.stdout.write(printed)


def main() -> None:
    app()
