"""Every number that the first report states is in the graph, with its unit, its period and its status.

``cases/numbers.tsv`` lists the 86 of them with their place in the report; a status stands where it is not plainly achieved.
"""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from kg.build import build, built_files
from kg.namespaces import OA, PROV, RIE, RIEC
from kg.report import Report
from kg.store import Store
from kg.triples.terms import Iri, Literal

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "numbers.tsv").open(encoding="utf-8"), delimiter="\t"))
QUERY = f"""PREFIX rie: <{RIE}> PREFIX prov: <{PROV}> PREFIX oa: <{OA}>
SELECT ?value ?unit ?status ?period ?start ?end WHERE {{ GRAPH ?g {{
  ?o a rie:StatisticalObservation ; rie:value ?value ; rie:unitName ?unit ; rie:factualStatus ?status ;
    rie:referencePeriod ?period ; prov:wasDerivedFrom/oa:hasSelector ?place .
  ?place oa:start ?start ; oa:end ?end . }} }}"""
Row = tuple[Decimal, str, str, int, int]


@pytest.fixture(scope="module")
def observations(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    folder = tmp_path_factory.mktemp("numbers")
    build(None, folder)
    rows = Store.in_memory(built_files(folder / "built")).select(QUERY)

    def text(term: object) -> str:
        assert isinstance(term, Iri | Literal)
        return term.value

    return [
        (
            Decimal(text(r["value"])),
            text(r["unit"]),
            text(r["status"]).removeprefix(RIEC),
            int(text(r["start"])),
            int(text(r["end"])),
        )
        for r in rows
    ]


def test_there_are_86_numbers_and_they_stand_where_the_table_says(first_report: Report) -> None:
    assert len(CASES) == 86
    for case in CASES:
        assert first_report.text[int(case["start"]) : int(case["end"])] == case["quote"]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['number']}-{case['quote']}" for case in CASES])
def test_the_number_is_in_the_graph_with_unit_period_and_status(case: dict[str, str], observations: list[Row]) -> None:
    start, end = int(case["start"]), int(case["end"])
    here = [o for o in observations if o[3] < end and start < o[4] and o[0] == Decimal(case["value"])]
    assert here, "no observation of that value overlaps the place"
    assert any(o[1] == case["unit"] for o in here), here
    if case["status"]:
        assert any(o[2] == case["status"] for o in here), here
