"""The catalogue of questions: ``queries/<subject>/<question>.rq``, read and checked.

``subjects.toml`` gives the order and the names of the subjects, ``systems.toml`` says which questions answer for each
system that the first report describes.
"""

import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.catalogue.question import EVIDENCE, Column, Parameter, Question
from kg.catalogue.reading import read_question
from kg.catalogue.wording import Lang, Wording
from kg.errors import QueryError
from kg.resources import resource

__all__ = ["EVIDENCE", "Asking", "Catalogue", "Column", "Lang", "Parameter", "Question", "System", "Wording", "load_catalogue"]

_STEERS = re.compile(r"[\s'\"\\()<>|&;*?$`#!~{}\[\]]")
_APART = {"views", "inferences"}  # kg/views and kg/inference read these files themselves


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with the parameters to ask it with; printed as it is typed: ``places/cooperation place=温州市``."""

    question: str
    params: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return " ".join([self.question, *(_typed(f"{name}={value}") for name, value in self.params)])


@dataclass(frozen=True, slots=True)
class System:
    """Something that a report describes at length, the place it belongs to, and the questions that answer for it."""

    place: str
    label: Wording
    askings: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All questions, ordered by subject and name."""

    questions: tuple[Question, ...]
    subjects: dict[str, Wording]
    systems: tuple[System, ...]
    folder: Path

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def __len__(self) -> int:
        return len(self.questions)

    def of_subject(self, subject: str) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.subject == subject)

    def question(self, name: str, lang: Lang = "en") -> Question:
        """Return the question ``name`` (``people/leads``; ``leads`` where no other subject has one of that name).

        Raises ``QueryError`` with close names.
        """
        wanted = name.strip().removesuffix(".rq")
        found = [question for question in self.questions if wanted in (question.name, question.name.partition("/")[2])]
        if len(found) == 1:
            return found[0]
        close = [question.name for question in found] or self.close_names(wanted)
        candidates = "、".join(close) if lang == "zh" else ", ".join(close)
        what = Wording(f"没有名为“{name}”的问题", f"there is no question “{name}”")
        if len(found) > 1:
            what = Wording(f"“{name}”不止一个", f"“{name}” is the name of several questions")
        remedy = Wording(f"相近的有：{candidates}", f"did you mean {candidates}?")
        if not close:
            remedy = Wording("用 kg queries 查看全部问题", "list them with: kg queries")
        raise QueryError("ask", what.said(lang), remedy.said(lang))

    def close_names(self, wanted: str) -> list[str]:
        """Return up to five names like ``wanted``: that hold it, that are spelt like it, or whose summary holds it."""
        names = [question.name for question in self.questions]
        close = [name for name in names if wanted and wanted in name]
        close += get_close_matches(wanted, names, n=5, cutoff=0.5)
        tails = {name.partition("/")[2]: name for name in names}
        close += [tails[tail] for tail in get_close_matches(wanted.partition("/")[2] or wanted, tails, n=5, cutoff=0.6)]
        close += [question.name for question in self.questions if wanted and wanted in question.summary.zh + question.summary.en]
        return list(dict.fromkeys(close))[:5]


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Return the catalogue in ``folder``, by default the one that came with the program.

    Raises ``QueryError``, naming file and line, for the first file that is not in order.
    """
    folder = folder or resource("queries")
    subjects = {name: _wording(folder / "subjects.toml", label) for name, label in _toml(folder / "subjects.toml").items()}
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in _APART and path.name not in subjects:
            raise QueryError(path, "subjects.toml does not name this subject", "add it there in both languages")
    questions = tuple(
        read_question(path, f"{subject}/{path.stem}") for subject in subjects for path in sorted((folder / subject).glob("*.rq"))
    )
    if not questions:
        raise QueryError(folder, "there is no question in this folder", "give a folder with <subject>/<question>.rq files")
    systems = tuple(_system(folder / "systems.toml", table) for table in _toml(folder / "systems.toml").get("system", []))
    return Catalogue(questions, subjects, systems, folder)


def _typed(word: str) -> str:
    """Return ``word`` as a shell reads it: quoted only where it must be, so that Chinese stays readable."""
    return shlex.quote(word) if _STEERS.search(word) else word


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise QueryError(path, "there is no such file", "a catalogue has subjects.toml and systems.toml beside its folders") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise QueryError(path, f"cannot be read ({error})", "mend the file") from error


def _wording(path: Path, table: dict[str, Any]) -> Wording:
    if not all(isinstance(table.get(lang), str) for lang in ("zh", "en")):
        raise QueryError(path, "an entry has no zh or no en", "say it in both languages")
    return Wording(table["zh"], table["en"])


def _system(path: Path, table: dict[str, Any]) -> System:
    askings = []
    for line in table.get("ask", []):
        name, *params = shlex.split(str(line))
        askings.append(Asking(name, tuple((param.partition("=")[0], param.partition("=")[2]) for param in params)))
    return System(str(table.get("place", "")), _wording(path, table), tuple(askings))
