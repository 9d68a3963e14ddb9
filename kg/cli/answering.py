"""What all commands that answer have in common: the options of the graph, the language, the form and the file, and how they end."""

import inspect
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.doors import store_at, write
from kg.cli.options import GRAPH, Form, FormOption, GraphOption, Lang, LangOption, OutputOption, StoreOption
from kg.errors import QueryError
from kg.wording import Wording

if TYPE_CHECKING:
    from kg.ask import Answer
    from kg.store import Store
    from kg.tracing.rendering import Shown
    from kg.wording import Lang as Language


@dataclass(frozen=True)
class Door:
    """Where a command asks and how it answers; its fields are the options that ``answering`` gives to the command."""

    graph: Path
    at: str | None
    lang: Lang
    form: Form
    output: Path | None
    inferred: bool = False  # whether what follows by rules stands among what the reports say

    @property
    def language(self) -> "Language":
        """The language as the rest of the program names it."""
        return self.lang.value

    @cached_property
    def store(self) -> "Store":
        """The store that is asked, opened to read."""
        return store_at(self.graph, self.at, self.inferred)

    def answer(self, answer: "Answer") -> None:
        """Print ``answer`` in the form asked for, or write it to the file.

        A CSV file begins with the byte-order mark that spreadsheets want; what goes to standard output is read by programs.
        """
        from kg.spreadsheet import BOM

        text = self._rendered(answer)
        for_spreadsheet = self.form is Form.csv and self.output is not None and str(self.output) != "-"
        write(f"{BOM}{text}" if for_spreadsheet else text, self.output)

    def _rendered(self, answer: "Answer") -> str:
        from kg.ask import render
        from kg.ask.origins import find_row_origins
        from kg.ask.sentences import find_sentences, render_cards

        if self.form is Form.cards:
            origins = [origin.said(self.language) for origin in find_row_origins(self.store, answer)]
            return render_cards(answer, find_sentences(self.store, answer), self.language, origins)
        return render(answer, self.form.value, self.language, shutil.get_terminal_size((140, 40)).columns)

    def show(self, found: "Shown") -> None:
        """Print traces, bridges, moves or a profile, or write them to the file; ``QueryError`` for the form of a table of rows."""
        from kg.tracing import render_shown

        if self.form in (Form.csv, Form.tsv):
            what = Wording(f"这里没有 {self.form.value}：结果是层层展开的", f"there is no {self.form.value} here: the answer is an outline")
            raise QueryError("--format", what, Wording("可用：table、markdown、json", "use one of table, markdown, json"))
        write(render_shown(found, self.form.value, self.language), self.output)


def answering(command: Callable[..., None]) -> Callable[..., None]:
    """Return ``command`` with the options of every command that answers; it gets them as ``door``."""
    own = [parameter for name, parameter in inspect.signature(command).parameters.items() if name != "door"]
    shared = [_option(name, *option) for name, option in _SHARED.items()]

    @wraps(command)
    def answered(**given: Any) -> None:
        door = Door(**{name: given.pop(name) for name in _SHARED})
        command(door=door, **given)

    del answered.__wrapped__  # typer would look there and miss the options
    answered.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    answered.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *shared)}
    return answered


def _option(name: str, kind: Any, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


_SHARED: dict[str, tuple[Any, object]] = {
    "graph": (GraphOption, GRAPH),
    "at": (StoreOption, None),
    "lang": (LangOption, Lang.zh),
    "form": (FormOption, Form.table),
    "output": (OutputOption, None),
}
