"""Write decisions as text that people can review and a diff can show: one key a line, in a fixed order."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from kg.atomic import write_text
from kg.decisions.decision import Decision, Quotation, Value, Words
from kg.decisions.reading import parse_decisions, read_decisions

_HEAD = "# 人的决定：每次构建都会遵守。Human decisions: every build keeps them. The keys are told in kg/decisions/reading.py.\n"


def dump_decisions(decisions: Iterable[Decision]) -> str:
    """Return the decisions as TOML, in the order given."""
    return _HEAD + "".join("\n" + "".join(f"{line}\n" for line in _lines(decision)) for decision in decisions)


def add_decision(path: Path, decision: Decision) -> None:
    """Add ``decision`` at the end of the file ``path``, whole or not at all; what stands in the file stays as it is.

    Raises ``DecisionError`` when the file is malformed, so that nothing is added to what cannot be read.
    """
    read_decisions(path)
    before = path.read_bytes().decode("utf-8") if path.is_file() else _HEAD
    after = f"{before}{'' if before.endswith(chr(10)) else chr(10)}\n" + "".join(f"{line}\n" for line in _lines(decision))
    parse_decisions(after, str(path))
    write_text(path, after)


def _lines(decision: Decision) -> Iterator[str]:
    yield "[[decision]]"
    yield f"action = {_value(decision.action)}"
    yield f"kind = {_value(decision.kind)}"
    yield f"by = {_value(decision.by)}"
    yield f"on = {decision.on}"
    if decision.why:
        yield f"why = {_value(decision.why)}"
    for key, text in _quote(decision.quote).items():
        yield f"{key} = {_value(text)}"
    yield from _table("fact", decision.fact)
    if decision.new:
        yield from _table("new", decision.new)
    for part in decision.parts:
        yield "[[decision.part]]"
        for name in ("name", "type", "apart"):
            if getattr(part, name):
                yield f"{name} = {_value(getattr(part, name))}"
        yield "mentions = ["
        for mention in part.mentions:
            yield f"    {_value(_quote(mention))},"
        yield "]"


def _quote(quote: Quotation) -> dict[str, str]:
    found = {"quote": quote.exact, "before": quote.before, "after": quote.after}
    return {key: text for key, text in found.items() if text}


def _table(name: str, words: Words) -> Iterator[str]:
    yield f"[decision.{name}]"
    for key, value in words.items():
        yield f"{key} = {_value(value)}"


def _value(value: Value) -> str:
    """Return ``value`` as TOML has it.

    >>> _value(Decimal("1.50")), _value(Decimal("1.5E+3")), _value(("甲", "乙")), _value({"as": "顾问"}), _value("a\\x7f")
    ('1.50', '1500', '["甲", "乙"]', '{ "as" = "顾问" }', '"a\\\\u007F"')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
        case Decimal():
            return format(value, "f")
        case tuple():
            return f"[{', '.join(map(_value, value))}]"
        case Mapping():
            return "{ " + ", ".join(f"{_value(key)} = {_value(text)}" for key, text in value.items()) + " }"
        case _:
            return str(value)
