"""Set places side by side: one row an indicator, one column a place."""

from kg.ask.answer import Answer, Cell, Row, pinyin_key
from kg.catalogue import Column, Lang, Wording

MISSING = Wording("未报告", "not reported")
_PLACE, _VALUE, _PERIOD = "place", "value", "period"


def compared(answer: Answer, lang: Lang) -> Answer:
    """Return ``answer`` with a column for each place; the columns before ``place`` tell the rows apart.

    A field holds each value with its period in brackets, or says that the place does not report it. An answer to a
    question of another view comes back as it is.
    """
    if answer.question is None or answer.question.view != "comparison":
        return answer
    names = [column.name for column in answer.columns]
    place, value, period = (names.index(name) for name in (_PLACE, _VALUE, _PERIOD))
    fields: dict[Row, dict[str, list[str]]] = {}
    for row in answer.rows:
        values = fields.setdefault(row[:place], {}).setdefault(_text(row[place]), [])
        told = _field(row[value], row[period], lang)
        if told not in values:
            values.append(told)
    places = sorted({name for values in fields.values() for name in values}, key=pinyin_key)
    columns = (*answer.columns[:place], *(Column(name, Wording(name, name)) for name in places))
    joint = Wording("；", "; ").said(lang)
    rows = tuple(
        (*key, *(Cell(joint.join(values[name]) if name in values else MISSING.said(lang)) for name in places))
        for key, values in fields.items()
    )
    return Answer(columns, rows, answer.question, lang)


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""


def _field(value: Cell | None, period: Cell | None, lang: Lang) -> str:
    shown = f"{value.number:,f}" if value and value.number is not None else _text(value)
    return Wording(f"{shown}（{_text(period)}）", f"{shown} ({_text(period)})").said(lang) if period else shown
