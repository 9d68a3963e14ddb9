"""Read statistics tables: each figure with the subject, indicator, measure, period and unit that its heads give it.

The first rows, up to the first with a figure, are the heads of the columns; the first columns without figures are the heads
of the rows. A figure whose heads leave its indicator open is not read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.heads import Head, known_unit, read_head, word
from kg.extract.indicators import canonical
from kg.extract.standings import province_of
from kg.facts import UNDATED, Measure, Observation, Period, Span
from kg.mentions.periods import find_periods
from kg.mentions.places import place_named
from kg.mentions.quantities import CANONICAL, find_quantities
from kg.passages import Passages
from kg.reading import read
from kg.report import Report
from kg.sources import Table

_FIGURE = re.compile(r"(?P<sign>[-−－+])?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d\s*＊]{0,8})[*＊①②③]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_LINE = re.compile(r"(?:计量)?单位[:：]\s*(?P<units>[^）)\n]{1,30})")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,7}?(?:省|市|自治区|自治州|地区|区|县)")
CAPTION_LINES = 3
LONGEST_CAPTION = 60  # characters


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its place in the stored text and its words as the grammar reads them."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class _Figure:
    value: Decimal
    unit: str | None


def find_table_observations(passages: Passages, report: Report) -> tuple[Observation, ...]:
    """Return the observations of the tables of ``report`` in text order; the quote of each is its cell."""
    found = [observation for table in report.tables for observation in _Reader(table, passages, report).observations()]
    return tuple(sorted(found, key=lambda observation: observation.span))


class _Reader:
    """Reads one table."""

    def __init__(self, table: Table, passages: Passages, report: Report) -> None:
        self.report = report
        self.rows = [[_Cell(span, read(report.text[span.start : span.end]).clean.strip()) for span in row] for row in table.rows]
        self.caption = _caption(report.text, table.start)
        self.units = _units(self.caption)
        self.title = " ".join(line for line in self.caption if not _UNIT_LINE.match(line.strip("（( ")))
        self.place = _place(self.title) or _section_place(passages, table.start) or report.area
        self.width = max(len(row) for row in self.rows)
        self.top = next((y for y, row in enumerate(self.rows) if _has_figures(row)), len(self.rows))
        self.body = self.rows[self.top :]
        self.unit_column = self._find_unit_column()
        self.stub = self._find_stub()
        numbering = [x for x in range(self.width) if self._head_is("number_head", x)]
        self.heads = {*self.stub, *numbering, self.unit_column}  # columns whose cells are no figures
        self.columns = [self._column_head(x) for x in range(self.width)]
        self.rows_are_subjects = self._rows_are_subjects()

    def observations(self) -> Iterator[Observation]:
        if not 0 < self.top < len(self.rows) or not self.stub:
            return
        group: list[Head] = []
        whole = ""  # the row above that 其中 is a part of
        for row in self.body:
            words = _distinct(row[x].words for x in self.stub if x < len(row))
            heads = [read_head(part) for part in words]
            name = "".join(head.name for head in heads)
            if name and words[0].startswith("其中"):
                heads = [
                    replace(heads[0], name=f"{whole}（{canonical(name)}）" if whole else name),
                    *(replace(h, name="") for h in heads[1:]),
                ]
            else:
                whole = name
            if not any(_figure(cell.words) for x, cell in enumerate(row) if x not in self.heads):
                group = [head for head in heads if head.place or head.whole or head.period]
                continue
            yield from self._row(row, group + heads)

    def _row(self, row: Sequence[_Cell], heads: Sequence[Head]) -> Iterator[Observation]:
        unit = row[self.unit_column].words if self.unit_column is not None and self.unit_column < len(row) else None
        for x, cell in enumerate(row):
            figure = _figure(cell.words) if x not in self.heads else None
            found = self._observation(cell, figure, heads, x, unit or None) if figure else None
            if found is not None:
                yield found

    # -- the shape of the table ----------------------------------------------------------------------------------------

    def _find_unit_column(self) -> int | None:
        for x in range(self.width):
            cells = [row[x].words for row in self.body if x < len(row) and row[x].words]
            if cells and self._head_is("unit_head", x) and all(known_unit(words) for words in cells):
                return x
        return None

    def _find_stub(self) -> list[int]:
        """Return the columns that hold the heads of the rows: those before the first figure, numbering left out."""
        stub: list[int] = []
        for x in range(self.width):
            if x == self.unit_column or self._head_is("number_head", x):
                continue
            cells = [row[x].words for row in self.body if x < len(row) and row[x].words]
            figures = [words for words in cells if _figure(words)]
            if figures and not (not stub and all(_YEAR.fullmatch(words) for words in cells)):
                break
            stub.append(x)
        return stub

    def _head_is(self, words: str, x: int) -> bool:
        return any(x < len(row) and word(words).fullmatch(row[x].words) for row in self.rows[: self.top])

    def _column_head(self, x: int) -> list[Head]:
        return [read_head(words) for words in _distinct(row[x].words for row in self.rows[: self.top] if x < len(row))]

    def _base(self, x: int) -> list[Head]:
        """Return the heads of the column whose figures the rate or rank in column ``x`` belongs to: the next to its left."""
        for left in range(x - 1, -1, -1):
            if left not in self.heads and not any(head.measure for head in self.columns[left]):
                return self.columns[left]
        return []

    def _rows_are_subjects(self) -> bool:
        if any(self._head_is("subject_head", x) for x in self.stub):
            return True
        heads = [read_head(row[x].words) for row in self.body for x in self.stub if x < len(row) and row[x].words]
        return bool(heads) and all(head.place or head.whole for head in heads)

    # -- one figure ----------------------------------------------------------------------------------------------------

    def _observation(self, cell: _Cell, figure: _Figure, rows: Sequence[Head], x: int, unit: str | None) -> Observation | None:
        columns = self.columns[x]
        said = next((head for head in reversed([*rows, *columns]) if head.measure), None)
        planned = any(head.status == "planned" for head in (*rows, *columns))
        base = self._base(x) if said else []
        indicator = self._indicator(rows, columns) or self._indicator(rows, base) or _topic(self.title, self.place)
        if not indicator:
            return None
        place = next((head.place for head in reversed([*rows, *columns]) if head.place), None) or self.place
        named = "".join(head.name for head in rows) if self.rows_are_subjects else ""
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
        parts = [] if self.rows_are_subjects else [head.name for head in rows]
        parts += [head.name for head in columns if head.name not in parts]
        return "".join(parts)

    def _unit(self, figure: _Figure, rows: Sequence[Head], columns: Sequence[Head], column: str | None, said: Head | None) -> str:
        """Return the unit: in the cell, at the head of the column, that of the measure, in the row, of the whole table."""
        own = [head.unit for head in reversed(columns) if head.unit]
        rated = said.default_unit if said and said.measure else None
        row = [head.unit for head in reversed(rows) if head.unit]
        choices = [figure.unit, *own, rated, column, *row]
        if rated is None:
            choices += [unit for unit in self.units if unit not in ("%", "‰")] or self.units
        return next((unit for unit in choices if unit), "")

    def _period(self, rows: Sequence[Head], columns: Sequence[Head]) -> Period:
        """Return the period of the heads, the outer before the inner (2019年, 1—5月), else that of the title."""
        own = "，".join(head.period for head in (*rows, *columns) if head.period)
        before = read(self.title).clean
        words = f"{before}，{own}" if own else before
        found = [p for p in find_periods(words, self.report.issued) if p.role in ("during", "as-of", "until") and p.last]
        if not found:
            return UNDATED
        last = found[-1]
        stated = last.start > len(before)
        implied = last.implied and not _YEAR.search(words)
        return Period(last.first, last.last, "implied" if implied else "stated" if stated else "inherited", words[last.start : last.end])


def _distinct(words: Iterator[str]) -> list[str]:
    """Return the words that are not empty, each once: a cell that spans several places is repeated in each."""
    return list(dict.fromkeys(part for part in words if part))


def _figure(words: str) -> _Figure | None:
    """Return the figure of a cell, or ``None`` for words, a date or a sign that there is none.

    >>> _figure("1,204家"), _figure("-3.2"), _figure("—"), _figure("5G基站")
    (_Figure(value=Decimal('1204'), unit='家'), _Figure(value=Decimal('-3.2'), unit=None), None, None)
    """
    match = _FIGURE.fullmatch(words)
    if match is None or (match["unit"] and not known_unit(match["unit"])):
        return None
    value = Decimal(match["number"].replace(",", ""))
    return _Figure(-value if match["sign"] in ("-", "−", "－") else value, match["unit"] or None)


def _has_figures(row: Sequence[_Cell]) -> bool:
    """Tell a row of figures from a heading row, in which bare numbers are years."""
    figures = [cell.words for cell in row if _figure(cell.words)]
    return bool(figures) and not all(_YEAR.fullmatch(words) for words in figures[-max(1, len(figures) - 1) :])


def _measured(figure: _Figure, unit: str) -> tuple[Decimal, str]:
    """Return value and unit with 万 and 亿 multiplied out."""
    quantities = find_quantities(f"1{unit}") if unit else ()
    if len(quantities) == 1 and quantities[0].end == len(unit) + 1:
        return figure.value * quantities[0].value, quantities[0].unit
    return figure.value, CANONICAL.get(unit, unit)


def _of_figure(own: Period, base: Period) -> Period:
    """Return the period of a rate or rank: that of the figure it belongs to, unless its own heads name another one."""
    if base.end is None or own.end is None:
        return base if own.end is None else own
    within = (own.start or "") <= (base.start or "") and base.end <= own.end
    return base if own.basis != "stated" or within else own


def _scope(said: Head | None, place: str | None) -> str | None:
    scope = said.scope if said else None
    return province_of(place) or scope if scope in ("全省", "省内") else scope


def _caption(text: str, start: int) -> list[str]:
    """Return the lines right above a table that may be its title and unit, the first one first."""
    lines: list[str] = []
    for line in reversed(text[max(0, start - 400) : start].split("\n")):
        words = line.strip()
        if not words:
            continue
        if len(lines) == CAPTION_LINES or len(words) > LONGEST_CAPTION or words.endswith(("。", "；", "|")):
            break
        lines.insert(0, words)
    return lines


def _units(caption: Sequence[str]) -> list[str]:
    """Return the units of a line 单位：亿元、%."""
    for line in caption:
        if match := _UNIT_LINE.search(line):
            return [unit for unit in re.split(r"[、，,；;\s]+", match["units"].strip()) if known_unit(unit)]
    return []


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
    head = read_head(read(_UNIT_LINE.sub("", title)).clean.strip("（）() "))
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
