"""Answers as data frames: three libraries that say the same, types that hold without a row, tables that calculate nothing."""

import csv
import io
import math
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas
import polars
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ask import Answer, Cell, ask, ask_sparql, render
from kg.ask.frames import names_of, series_of
from kg.ask.values import value_of
from kg.catalogue import Column, Question, Wording, load_catalogue
from kg.errors import InputError
from kg.graph import Graph
from kg.namespaces import RID, RIEC, XSD
from kg.store import Store
from kg.triples.terms import Literal

CATALOGUE = load_catalogue()
POLARS = {
    "text": polars.String(),
    "integer": polars.Int64(),
    "decimal": polars.Float64(),
    "boolean": polars.Boolean(),
    "date": polars.Date(),
    "moment": polars.Datetime("us"),
    "instant": polars.Datetime("us", "UTC"),
}
ARROW = {
    "text": "string",
    "integer": "int64",
    "decimal": "double",
    "boolean": "bool",
    "date": "date32[day]",
    "moment": "timestamp[us]",
    "instant": "timestamp[us, tz=UTC]",
}
PANDAS = {
    "text": "string",
    "integer": "Int64",
    "decimal": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "moment": "datetime64[us]",
    "instant": "datetime64[us, UTC]",
}


def asked(store: Store, question: Question) -> Answer:
    given = {parameter.name: parameter.example for parameter in question.parameters if parameter.example is not None}
    return ask(store, question, given)


@pytest.fixture(scope="module")
def answers(first_store: Store) -> list[Answer]:
    return [asked(first_store, question) for question in CATALOGUE]


def plain(frame: pandas.DataFrame, kinds: Sequence[str]) -> list[list[Any]]:
    """Return the columns of a pandas frame as values of Python, ``None`` where there is nothing."""
    columns = []
    for (_, column), kind in zip(frame.items(), kinds, strict=True):
        values = [None if pandas.isna(value) else value for value in column]
        if kind == "date":
            values = [value and value.date() for value in values]
        elif kind in ("moment", "instant"):
            values = [value and value.to_pydatetime() for value in values]
        columns.append(values)
    return columns


def agree(answer: Answer) -> None:
    """Hold the three frames of ``answer`` against its cells: names, types and values are the same in all of them."""
    found = series_of(answer)
    names, kinds, values = [one.name for one in found], [one.kind for one in found], [list(one.values) for one in found]
    by_pandas, by_polars, by_arrow = answer.to_pandas(), answer.to_polars(), answer.to_arrow()
    assert list(by_pandas.columns) == by_polars.columns == by_arrow.column_names == names
    assert [str(kind) for kind in by_pandas.dtypes] == [PANDAS[kind] for kind in kinds]
    assert by_polars.dtypes == [POLARS[kind] for kind in kinds]
    assert [str(kind) for kind in by_arrow.schema.types] == [ARROW[kind] for kind in kinds]
    assert plain(by_pandas, kinds) == values
    assert [column.to_list() for column in by_polars] == values
    assert [column.to_pylist() for column in by_arrow.columns] == values


def test_all_questions_say_the_same_in_three_libraries(answers: list[Answer]) -> None:
    assert len(answers) == len(CATALOGUE) >= 89
    for answer in answers:
        agree(answer)
        rows = len(answer.rows)
        assert (len(answer.to_pandas()), answer.to_polars().height, answer.to_arrow().num_rows) == (rows, rows, rows)


def test_an_answer_without_a_row_has_the_columns_and_types_of_one_with_many(answers: list[Answer]) -> None:
    for answer in answers:
        empty = Answer(answer.columns, (), answer.question, answer.lang)
        agree(empty)
        told = [(one.name, one.kind) for one in series_of(answer)]
        assert [(one.name, one.kind) for one in series_of(empty)] == told, answer.question and answer.question.name


def test_columns_hold_what_their_question_declares(answers: list[Answer]) -> None:
    seen = 0
    for answer in answers:
        for column, cells in zip(
            answer.columns, zip(*answer.rows, strict=True) if answer.rows else [()] * len(answer.columns), strict=True
        ):
            told = [cell for cell in cells if cell]
            where = f"{answer.question and answer.question.name}: {column.name}"
            if column.type == "thing":
                assert all(cell.value is None for cell in told), f"{where} holds literals: declare their type"
                assert not told or any(cell.iri for cell in told), f"{where} names no thing: declare type: text"
            else:
                assert not any(cell.iri for cell in told), f"{where} names things, but is declared as {column.type}"
            seen += bool(told)
    assert seen > 700


def test_the_frame_has_the_columns_and_the_rows_of_the_csv_form(answers: list[Answer]) -> None:
    for answer in answers:
        table = list(csv.reader(io.StringIO(render(answer, "csv"))))
        assert table[0] == answer.to_polars().columns
        assert len(table) == len(answer.rows) + 1


def test_a_row_leads_to_its_sentence(first_store: Store) -> None:
    frame = Graph(first_store).ask("people/of-institute", institute="国科大温州研究院").to_pandas()
    (row,) = frame[(frame["person"] == "欧阳钟灿") & (frame["relation"] == "引进")].to_dict("records")
    assert row["person_iri"].startswith(f"{RID}e-")
    assert row["end"] - row["start"] == len(row["quote"])
    assert "欧阳钟灿" in row["quote"]


def test_numbers_can_be_counted_with(first_store: Store) -> None:
    frame = ask(first_store, CATALOGUE.question("statistics/of-place"), {"place": "湖州市"}).to_polars()
    growth = frame.filter((polars.col("indicator") == "高新技术产业投资") & (polars.col("measure") == "同比增速"))
    assert growth["value"].to_list() == [48.1]
    assert frame["value"].sum() > 100


LITERALS = [
    ('"温州"@zh-Hans', "温州"),
    ("7", 7),
    ("-3.50", Decimal("-3.50")),
    ("1.5e2", Decimal("1.5E+2")),
    ("true", True),
    (f'"0"^^<{XSD}boolean>', False),
    (f'"2020-04-30"^^<{XSD}date>', date(2020, 4, 30)),
    (f'"2020"^^<{XSD}gYear>', 2020),
    (f'"2020-04"^^<{XSD}gYearMonth>', "2020-04"),
    (f'"2020-04-30T08:00:00"^^<{XSD}dateTime>', datetime(2020, 4, 30, 8)),
    (f'"2020-04-30T08:00:00+08:00"^^<{XSD}dateTime>', datetime(2020, 4, 30, tzinfo=UTC)),
    (f'"7"^^<{XSD}nonNegativeInteger>', 7),
    ("9223372036854775807", 2**63 - 1),
    ("9223372036854775808", Decimal(2**63)),
]


@pytest.mark.parametrize(("term", "value"), LITERALS)
def test_a_literal_is_what_its_datatype_says(term: str, value: object) -> None:
    answer = ask_sparql(Store.of_quads([]), f"SELECT ?x WHERE {{ VALUES ?x {{ {term} }} }}")
    (cell,) = answer.column("x")
    assert cell
    assert (cell.text if cell.value is None else cell.value) == value
    agree(answer)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        *(("许多", "integer"), ("1_000", "integer"), ("１", "integer"), ("9" * 5000, "integer"), ("1e5", "decimal"), ("", "decimal")),
        *(("NaN", "double"), ("INF", "double"), ("1e999999999", "double"), ("yes", "boolean"), ("2020-02-30", "date")),
        *(("20200430", "date"), ("2020-04-30Z", "date"), ("2020-04-30", "dateTime"), ("-0044-03-15", "date")),
        *(("0001-01-01T00:00:00+14:00", "dateTime"), ("2020-04", "gYear")),
    ],
)
def test_what_is_not_of_its_type_or_has_no_number_stays_text(text: str, datatype: str) -> None:
    assert value_of(Literal(text, f"{XSD}{datatype}")) is None


def test_a_year_is_shown_as_it_is_written_and_counted_as_a_number() -> None:
    answer = ask_sparql(Store.of_quads([]), f'SELECT ?x WHERE {{ VALUES ?x {{ "2020"^^<{XSD}gYear> "2019"^^<{XSD}gYear> }} }}')
    assert {"2019", "2020"} <= set(render(answer, "table").split())
    assert answer.to_polars()["x"].sum() == 4039


def test_two_values_that_are_no_numbers_are_sorted_and_shown() -> None:
    answer = ask_sparql(
        Store.of_quads([]), f'SELECT ?x WHERE {{ VALUES ?x {{ "NaN"^^<{XSD}double> 2 "INF"^^<{XSD}double> "许多"^^<{XSD}integer> }} }}'
    )
    assert [cell and cell.text for cell in answer.column("x")] == ["2", "INF", "NaN", "许多"]
    assert answer.to_polars()["x"].to_list() == ["2", "INF", "NaN", "许多"]


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(Cell),
    st.integers(-(2**63), 2**63 - 1).map(lambda n: Cell(str(n), value=n)),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9).map(lambda n: Cell(str(n), value=n)),
    st.booleans().map(lambda truth: Cell("是" if truth else "否", value=truth)),
    st.dates().map(lambda day: Cell(day.isoformat(), value=day)),
    st.datetimes().map(lambda moment: Cell(moment.isoformat(), value=moment)),
    st.datetimes(timezones=st.just(UTC)).map(lambda instant: Cell(instant.isoformat(), value=instant)),
    st.just(Cell("温州市", f"{RID}e-wenzhou")),
)
TYPES = st.sampled_from([None, "thing", "text", "integer", "decimal", "boolean", "date"])


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6), TYPES, TYPES)
def test_whatever_the_cells_hold_the_three_libraries_agree_and_nothing_is_lost(
    rows: list[tuple[Cell | None, ...]], one: Any, other: Any
) -> None:
    columns = (Column("甲", Wording("甲", "a"), one), Column("b", Wording("乙", "b"), other))
    answer = Answer(columns, tuple(rows))
    agree(answer)
    for column, series in zip(answer.columns, [s for s in series_of(answer) if not s.name.endswith("_iri")], strict=True):
        for cell, value in zip(answer.column(column.name), series.values, strict=True):
            assert (cell is None) == (value is None)
            if cell and isinstance(value, float):
                assert cell.number is not None
                assert math.isclose(value, cell.number, rel_tol=1e-15)
            elif cell and value != cell.text:
                assert value == cell.value


def test_two_columns_never_share_a_name() -> None:
    store = Store.of_quads([])
    found = ask_sparql(store, f"SELECT ?a ?a_iri WHERE {{ VALUES (?a ?a_iri) {{ (<{RIEC}planned> 1) }} }}")
    assert names_of(found) == (("a", "a_iri_"), ("a_iri", None))
    agree(found)


@pytest.mark.parametrize(
    ("way", "package", "extra"), [("to_pandas", "pandas", "pandas"), ("to_polars", "polars", "polars"), ("to_arrow", "pyarrow", "arrow")]
)
def test_a_library_that_is_missing_is_said_with_the_extra_that_brings_it(
    way: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)  # what Python itself does to forbid an import
    for lang, said in (("zh", f"没有安装 {package}"), ("en", f"{package} is not installed")):
        answer = Answer((), (), lang="zh" if lang == "zh" else "en")
        with pytest.raises(InputError) as caught:
            getattr(answer, way)()
        assert str(caught.value) == f"{way}: {said} - pip install 'innovation-ecosystem-kg[{extra}]'"


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("text", ["=1+1", "＝1+1", "+1", "-温州", "@SUM(A1)", "'90s", "\t=1", "\n=1"])
def test_no_cell_of_a_table_starts_a_formula(form: str, text: str) -> None:
    answer = Answer(
        (Column("=x", Wording("引", "q"), "text"), Column("n", Wording("数", "n"))), ((Cell(text), Cell("-3.5", value=Decimal("-3.5"))),)
    )
    header, row = csv.reader(io.StringIO(render(answer, form), newline=""), delimiter="," if form == "csv" else "\t")
    assert header == ["'=x", "n"]
    assert row[0].startswith("'")
    assert row[0] == f"'{text}" or form == "tsv"
    assert row[1] == "-3.5"


def test_a_table_in_arrow_can_be_written_and_read_again(first_store: Store) -> None:
    table = asked(first_store, CATALOGUE.question("people/leads")).to_arrow()
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    assert pyarrow.ipc.open_file(sink.getvalue()).read_all().equals(table)
