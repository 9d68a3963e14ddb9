"""What the commands have in common: open a report, a store, the catalogue; print an answer; show progress."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kg.cli.options import Form, Lang

if TYPE_CHECKING:
    from kg.ask import Answer
    from kg.catalogue import Catalogue
    from kg.report import Report
    from kg.store import Store


def report_at(name: str, issued: str | None, area: str | None) -> "Report":
    """Return the report at the path ``name``; ``-`` is text on standard input."""
    from kg.report import from_bytes, read_report

    if name == "-":
        return from_bytes(sys.stdin.buffer.read(), "stdin", issued=issued, area=area)
    return read_report(Path(name), issued=issued, area=area)


def say_notes(notes: tuple[str, ...], lang: Lang) -> None:
    """Print what is worth knowing about how a file was read, on standard error."""
    from kg.sources.notes import note_said

    for note in notes:
        typer.echo(f"kg: {'注意' if lang is Lang.zh else 'note'}: {note_said(note, lang.value)}", err=True)


def store_at(graph: Path, address: str | None = None, inferred: bool = False) -> "Store":
    """Return the store of the graph folder, opened to read, or the one at ``address`` (a server, or another folder).

    With ``inferred`` what follows by rules stands among what the reports say.
    """
    from kg.store import Store

    if inferred:
        from kg.build import open_inferred

        return open_inferred(address or graph)
    return Store.open(address or graph)


def load_questions() -> "Catalogue":
    """Return the catalogue that came with the program."""
    from kg.catalogue import load_catalogue

    return load_catalogue()


def write(text: str, output: Path | None) -> None:
    """Print ``text``, or write it whole or not at all to ``output`` (``-`` is standard output)."""
    from kg.atomic import write_text

    if output is None or str(output) == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        write_text(output, text)


def rendered(store: "Store", answer: "Answer", form: Form, lang: Lang) -> str:
    """Return ``answer`` as text in the form asked for."""
    from kg.ask import render
    from kg.ask.origins import find_row_origins
    from kg.ask.sentences import find_sentences, render_cards

    if form is Form.cards:
        origins = [origin.said(lang.value) for origin in find_row_origins(store, answer)]
        return render_cards(answer, find_sentences(store, answer), lang.value, origins)
    return render(answer, form.value, lang.value, _width())


def _width() -> int:
    return shutil.get_terminal_size((140, 40)).columns


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Show what long work is at, on standard error and only to a person."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda step, done, total: bar.update(task, description=step, completed=done, total=total)
