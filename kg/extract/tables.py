"""Read statistics tables: each figure with the subject, indicator, measure, period and unit that its heads give it.

``table_layout`` tells heads from figures. A figure whose heads and title leave its indicator or its subject open is not read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from kg.extract.indicators import canonical
from kg.extract.standings import province_of
from kg.extract.table_heads import Head, read_head, word
from kg.extract.table_layout import UNIT_LINE, YEAR, Cell, Figure, Layout, caption_of, distinct, units_of
from kg.facts import UNDATED, Measure, Observation, Period, Span
from kg.mentions.periods import find_periods
from kg.mentions.places import place_named
from kg.mentions.quantities import CANONICAL, find_quantities
from kg.passages import Passages
from kg.reading import read
from kg.report import Issued, Report
from kg.sources import Table

_PLACE = re.compile(r"[\u4e00-\u9fff]{2,7}?(?:省|市|自治区|自治州|地区|区|县)")


def find_table_observations(passages: Passages, report: Report) -> tuple[Observation, ...]:
    """Return the observations of the tables of ``report`` in text order; the quote of each is its cell."""
    found = [observation for table in report.tables for observation in _Reader(table, passages, report).observations()]
    return tuple(sorted(found, key=lambda observation: observation.span))


class _Reader:
    """Reads one table."""

    def __init__(self, table: Table, passages: Passages, report: Report) -> None:
        self.report = report
        self.layout = Layout(table, report.text)
        caption = [*caption_of(report.text, table.start), *self.layout.titles]
        self.units = units_of(caption)
        self.title = " ".join(line for line in caption if not UNIT_LINE.match(line.strip("（( ")))
        self.place = _place(self.title) or _section_place(passages, table.start) or report.area

    def observations(self) -> Iterator[Observation]:
        if not self.layout.readable:
            return
        group: list[Head] = []
        whole = ""  # the row above that 其中 is a part of
        for row in self.layout.body:
            words = distinct(row[x].words for x in self.layout.stub if x < len(row))
            heads = [read_head(part) for part in words]
            name = "".join(head.name for head in heads)
            if name and whole and words[0].startswith("其中"):
                heads = [replace(head, name="") for head in heads]
                heads[0] = replace(heads[0], name=f"{whole}（{canonical(name)}）")
            else:
                whole = name
            figures = list(self.layout.figures(row))
            if not figures:
                group = [head for head in heads if head.place or head.whole or head.period]
            for x, cell, figure in figures:
                found = self._observation(cell, figure, group + heads, x, self.layout.unit_of(row))
                if found is not None:
                    yield found

    def _observation(self, cell: Cell, figure: Figure, rows: Sequence[Head], x: int, unit: str | None) -> Observation | None:
        columns = self.layout.columns[x]
        said = next((head for head in reversed([*rows, *columns]) if head.measure), None)
        planned = any(head.status == "planned" for head in (*rows, *columns))
        base = self.layout.base_of(x) if said else []
        indicator = self._indicator(rows, columns) or self._indicator(rows, base) or _topic(self.title, self.place)
        if not indicator:
            return None
        place = next((head.place for head in reversed([*rows, *columns]) if head.place), None) or self.place
        named = "".join(head.name for head in rows) if self.layout.rows_are_subjects else ""
        if not (named or place):
            return None
        measure: Measure = said.measure if said and said.measure else "increase" if indicator.startswith(("新增", "净增")) else "value"
        value, plain = _measured(figure, self._unit(figure, rows, columns, unit, said))
        rank = int(value) if measure == "rank" and value == value.to_integral_value() and value > 0 else None
        return Observation(
            span=cell.span,
            subject=named or place or "",
            indicator=canonical(indicator),
            measure=measure,
            value=value,
            unit=plain,
            rule=said.rule if said else "tables.cell",
            area=place,
            period=_of_figure(self._period(rows, columns), self._period(rows, base)) if base else self._period(rows, columns),
            rank=rank,
            rank_scope=_scope(said, place) if rank else None,
            modality="target" if planned else "actual",
            status="planned" if planned else "achieved",
            printed=self.report.text[cell.span.start : cell.span.end],
            value_span=cell.span,
        )

    def _indicator(self, rows: Sequence[Head], columns: Sequence[Head]) -> str:
        """Return the names of the row (unless it names the subject) and of the column."""
        parts = [] if self.layout.rows_are_subjects else [head.name for head in rows]
        parts += [head.name for head in columns if head.name not in parts]
        return "".join(parts)

    def _unit(self, figure: Figure, rows: Sequence[Head], columns: Sequence[Head], column: str | None, said: Head | None) -> str:
        """Return the unit: in the cell, at the head of the column, that of the measure, in the row, of the whole table."""
        own = [head.unit for head in reversed(columns) if head.unit]
        rated = said.default_unit if said and said.measure else None
        row = [head.unit for head in reversed(rows) if head.unit]
        choices = [figure.unit, *own, rated, column, *row]
        if rated is None:
            choices += [unit for unit in self.units if unit not in ("%", "‰")] or self.units
        return next((unit for unit in choices if unit), "")

    def _period(self, rows: Sequence[Head], columns: Sequence[Head]) -> Period:
        own = "，".join(head.period for head in (*rows, *columns) if head.period)
        return _period_of(self.title, own, self.report.issued)


@lru_cache(4096)
def _period_of(title: str, own: str, issued: Issued | None) -> Period:
    """Return the period ``own`` that the heads print, the outer before the inner (2019年, 1—5月), else that of the title."""
    before = read(title).clean
    words = f"{before}，{own}" if own else before
    found = [p for p in find_periods(words, issued) if p.role in ("during", "as-of", "until") and p.last]
    if not found:
        return UNDATED
    last = found[-1]
    stated = last.start > len(before)
    implied = last.implied and not YEAR.search(words)
    return Period(
        None if last.role == "as-of" else last.first,
        last.last,
        "implied" if implied else "stated" if stated else "inherited",
        words[last.start : last.end],
    )


def _measured(figure: Figure, unit: str) -> tuple[Decimal, str]:
    """Return value and unit with 万 and 亿 multiplied out."""
    scale, plain = _plain(unit)
    return figure.value * scale, plain


@lru_cache(4096)
def _plain(unit: str) -> tuple[Decimal, str]:
    """Return what a unit multiplies by and its plain form: 亿元 is 10⁸ 元, 名 is 人."""
    quantities = find_quantities(f"1{unit}") if unit else ()
    if len(quantities) == 1 and quantities[0].end == len(unit) + 1:
        return quantities[0].value, quantities[0].unit
    return Decimal(1), CANONICAL.get(unit, unit)


def _of_figure(own: Period, base: Period) -> Period:
    """Return the period of a rate or rank: that of the figure it belongs to, unless its own heads name another one."""
    if base.end is None or own.end is None:
        return base if own.end is None else own
    within = (own.start or "") <= (base.start or "") and base.end <= own.end
    return base if own.basis != "stated" or within else own


def _scope(said: Head | None, place: str | None) -> str | None:
    scope = said.scope if said else None
    return province_of(place) or scope if scope in ("全省", "省内") else scope


def _place(title: str) -> str | None:
    """Return the place that a title names (2019年温州市主要指标)."""
    words = re.sub(r"\d{4}年(?:度)?", " ", title)
    for match in _PLACE.finditer(words):
        for start in range(match.start(), match.end() - 1):
            if place := place_named(words[start : match.end()]):
                return place
    return None


def _section_place(passages: Passages, offset: int) -> str | None:
    at = passages.reading.clean_offset(offset)
    before = [paragraph for paragraph in passages.paragraphs if paragraph.start <= at]
    return passages.place_of(before[-1]) if before else None


def _topic(title: str, place: str | None) -> str:
    """Return what a title says is measured: 表2 2019年各县（市、区）高新技术产业增加值 is about 高新技术产业增加值."""
    head = read_head(read(UNIT_LINE.sub("", title)).clean.strip("（）() "))
    name = word("each_place").sub("", head.name)
    for printed in (place, place[:-1] if place else None):
        name = name.removeprefix(printed or "")
    stripped = re.sub(rf"(?:{word('table_word').pattern})$", "", name)
    return stripped if 2 <= len(stripped) <= 30 else ""


def outside_tables(
    observations: Sequence[Observation], tables: Sequence[Table], read_cells: Sequence[Observation]
) -> tuple[Observation, ...]:
    """Return ``observations`` of the prose with ``read_cells`` in text order; prose rules have no say inside a table."""
    prose = [o for o in observations if not any(table.start <= o.span.start < table.end for table in tables)]
    return tuple(sorted([*prose, *read_cells], key=lambda o: (o.value_span or o.span, o.measure)))


def across_cells(span: Span, report: Report) -> bool:
    """Tell whether ``span`` reaches over the edge of a cell: words of two cells make no sentence."""
    return any(table.start <= span.start < table.end and "|" in report.text[span.start : span.end] for table in report.tables)
