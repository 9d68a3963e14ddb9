"""The candidates file: JSON Lines in the facts format, with the model that said each and the decision that is still to come.

``kg evaluate`` reads it as it reads facts. ``read_candidates`` gives the facts back, each checked against the report.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg.atomic import write_text
from kg.candidates.instructions import instructions_version
from kg.candidates.records import fact_of, whole_record
from kg.errors import FactsError
from kg.evaluate import read_records
from kg.extract.extractor import Extraction, Maker
from kg.facts import Fact, FactRecord
from kg.report import Report

UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact that a model said and nobody has decided on, from line ``line`` of the file ``path``."""

    fact: Fact
    maker: Maker
    path: Path
    line: int


def dump_candidates(extraction: Extraction, report: Report) -> str:
    """Return the candidates of ``report`` as JSON Lines, in the order of the facts."""
    maker = extraction.maker
    origin = {"kind": maker.kind, "name": maker.name, "version": maker.version, "instructions": instructions_version()}
    more = {"decision": UNDECIDED, "origin": origin, "report": report.id, "sha256": report.sha256}
    return "".join(json.dumps({**whole_record(fact, report.text), **more}, ensure_ascii=False) + "\n" for fact in extraction.facts)


def dump_rejected(extraction: Extraction, report: Report) -> str:
    """Return what was rejected and which passages were not answered, as JSON Lines."""
    lines: list[dict[str, Any]] = [
        {"rejected": one.reason, "said": one.said, "start": one.span.start, "end": one.span.end} for one in extraction.rejected
    ]
    lines += [{"unread": one.reason, "detail": one.detail, "start": one.span.start, "end": one.span.end} for one in extraction.unread]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def read_candidates(path: Path, report: Report) -> tuple[Candidate, ...]:
    """Return the candidates of a file, in its order; those that a person has marked as decided are left out.

    Raises ``FactsError``, naming file and line, for a candidate of another report or another text, for a quote that does not
    stand at its offsets, and for a word outside the vocabulary.
    """
    candidates = []
    for number, body in zip(_lines(path), read_records(path, report.text), strict=True):
        where = f"{path}:{number}"
        if body.get("sha256") != report.sha256:
            raise FactsError(where, f"speaks of another text than report “{report.id}”", "run kg candidates on this report")
        if body.get("decision") == UNDECIDED:
            candidates.append(Candidate(_fact(body, where), _maker(body, where), path, number))
    return tuple(candidates)


def settle(candidate: Candidate, standing: Literal["accepted", "rejected"]) -> None:
    """Write into the candidates file what a person decided; the file is replaced whole or not at all.

    Raises ``FactsError`` when the line is no longer the undecided candidate that was read.
    """
    lines = candidate.path.read_text(encoding="utf-8").split("\n")
    line = lines[candidate.line - 1] if candidate.line <= len(lines) else ""
    mark = f'"decision": "{UNDECIDED}"'
    if mark not in line:
        raise FactsError(f"{candidate.path}:{candidate.line}", "is not the candidate that was read", "let nothing else change the file")
    lines[candidate.line - 1] = line.replace(mark, f'"decision": "{standing}"')
    write_text(candidate.path, "\n".join(lines))


def _lines(path: Path) -> list[int]:
    return [number for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if line.strip()]


def _maker(body: FactRecord, where: str) -> Maker:
    origin = body.get("origin")
    if not isinstance(origin, Mapping) or not all(isinstance(origin.get(key), str) for key in ("name", "version")):
        raise FactsError(where, "does not say which model it is from", "keep “origin” as kg candidates wrote it")
    return Maker("model", origin["name"], origin["version"])


def _fact(body: FactRecord, where: str) -> Fact:
    try:
        return fact_of(body)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise FactsError(where, f"is no candidate ({error})", "keep the lines as kg candidates wrote them") from error
