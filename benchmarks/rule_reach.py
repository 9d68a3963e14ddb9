"""Which rules fire where: for each rule the number of texts of a folder in which it made a fact.

``python benchmarks/rule_reach.py [FOLDER...] [--only TEXT] [--show RULE] [--limit N]`` reads every report below the folders (a
folder with ``report.txt``, or a plain ``.txt`` file) and prints one line a rule: texts, facts, id. ``--only NAME`` lists the
rules that fire in the text of that name and in no other, ``--show RULE`` prints what a rule says, sentence beside fact. A
rule writer reads such sentences to judge whether a rule carries over; the shipped rules that fire nowhere are listed last.
"""

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.extract import find_facts
from kg.facts import Entity, Event, Fact, Membership, Observation, Relation, Span
from kg.report import Report, read_report
from kg.rules import FOLDER

ROOT = Path(__file__).resolve().parent.parent
_ID = re.compile(r'^id = "([^"]+)"', re.MULTILINE)
SHIPPED = [ROOT / "graph" / "reports", ROOT / "tests" / "cases" / "reports"]
_STOP = re.compile(r"[。！？\n]")


def reports(folders: list[Path]) -> Iterator[tuple[str, Report]]:
    """Yield name and report of every text below ``folders``, in the order of the names."""
    for folder in folders:
        for path in sorted([folder, *folder.rglob("*")]):
            if path.suffix == ".txt" and path.name != "report.txt":
                yield path.stem, read_report(path)
            elif (path / "report.txt").is_file():
                yield path.name, read_report(path)


def rule_ids() -> list[str]:
    """Return the ids of all shipped rules."""
    return [f"{path.stem}.{name}" for path in sorted(FOLDER.glob("*.toml")) for name in _ID.findall(path.read_text(encoding="utf-8"))]


def said(fact: Fact) -> str:
    """Return what ``fact`` says, on one line."""
    match fact:
        case Observation():
            period = f"{fact.period.start}..{fact.period.end}" if fact.period.start else "-"
            return f"{fact.subject} | {fact.indicator} | {fact.measure} {fact.comparison}{fact.value}{fact.unit} | {period} {fact.modality}"
        case Relation():
            return f"{fact.subject} --{fact.predicate}--> {fact.object} | {fact.status} {dict(fact.qualifiers) or ''}"
        case Entity():
            return f"{fact.name} ({fact.type})"
        case Event():
            return f"{fact.what} ({fact.kind}) {', '.join(fact.participants)} {fact.date or ''}"
        case Membership():
            return f"{fact.whole} > {fact.part}"


def where(fact: Fact) -> Span:
    """Return the place at which ``fact`` stands (the first mention of an entity)."""
    return fact.mentions[0] if isinstance(fact, Entity) else fact.span


def sentence(text: str, span: Span) -> str:
    """Return the sentence of ``text`` around ``span``."""
    before = max((m.end() for m in _STOP.finditer(text, 0, span.start)), default=0)
    after = _STOP.search(text, span.end)
    return text[before : after.start() if after else len(text)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Which rules fire where.")
    parser.add_argument("folders", nargs="*", type=Path, default=SHIPPED, help="without any, the texts of this repository")
    parser.add_argument("--only", help="list the rules that fire in this text and in no other")
    parser.add_argument("--show", help="print what the rules whose id matches this pattern say")
    parser.add_argument("--limit", type=int, default=10, help="at most so many of --show (a fixed draw)")
    options = parser.parse_args()
    texts: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    shown: list[str] = []
    for name, report in reports(options.folders):
        for fact in find_facts(report):
            texts[fact.rule].add(name)
            counts[fact.rule] += 1
            if options.show and re.search(options.show, fact.rule) and (span := where(fact)):
                shown.append(f"[{fact.rule}] {said(fact)}\n    {name}: {sentence(report.text, span)}")
    if options.show:
        random.Random(7).shuffle(shown)
        print("\n".join(shown[: options.limit]))
    elif options.only:
        print("\n".join(sorted(rule for rule, found in texts.items() if found == {options.only})))
    else:
        for rule in sorted(texts, key=lambda r: (-len(texts[r]), r)):
            print(f"{len(texts[rule]):5d} texts {counts[rule]:6d} facts  {rule}")
        print("\nno fact of its own: " + ", ".join(rule for rule in rule_ids() if rule not in texts))


if __name__ == "__main__":
    main()
