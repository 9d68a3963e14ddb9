"""What a model is told: the task (``instructions.md``), the words it may use, and for each passage its surroundings."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from kg.candidates.shown import Shown
from kg.candidates.vocabulary import MEASURES, MODALITIES, STATUSES, words
from kg.report import Report

_TASK = Path(__file__).with_name("instructions.md")


@cache
def instructions() -> str:
    """Return the task and the words with their meanings; the same for every passage of every report."""
    known = words()
    parts = (
        ("predicate", _meant(known.predicates)),
        ("type", _meant(known.types)),
        ("event", _meant(known.events)),
        ("measure", _listed(MEASURES)),
        ("status", _listed(STATUSES)),
        ("modality", _listed(MODALITIES)),
    )
    return _TASK.read_text(encoding="utf-8") + "".join(f"{name}：{said}\n" for name, said in parts)


def _meant(meanings: Mapping[str, str]) -> str:
    return "；".join(f"{word}（{meaning.rstrip('。')}）" if meaning else word for word, meaning in meanings.items())


def _listed(known: Iterable[str]) -> str:
    return "、".join(known)


@cache
def instructions_version() -> str:
    """Return what names this wording of the instructions: the first 12 hexadecimal digits of its sha256."""
    return hashlib.sha256(instructions().encode("utf-8")).hexdigest()[:12]


def asked(shown: Shown, report: Report) -> str:
    """Return what the model is asked about one passage: where it stands, and its numbered sentences."""
    issued = report.issued.date if report.issued else "未知"
    return f"发布日期：{issued}\n所述地区：{shown.place or '未知'}\n\n段落：\n{shown.text}"
