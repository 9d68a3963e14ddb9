"""Every fact shows where it comes from: the rule that read it, or the person who decided about it, and the day."""

import csv
import io
from pathlib import Path

import pytest

from kg.ask import ask
from kg.ask.origins import NO_ORIGIN, Origin, find_origins, find_row_origins
from kg.ask.sentences import find_sentences, render_cards
from kg.build import build, built_files
from kg.catalogue import load_catalogue
from kg.export import export
from kg.formats import flatten
from kg.store import Store
from kg.tracing import profile, trace
from kg.tracing.rendering import render_shown
from kg.views import project

TEXT = "临江市\n临江市引进华清研究院。由王明远院士领衔的华清研究院正式挂牌。临江市新增高新技术企业120家。\n"
DECISIONS = """
[[decision]]
action = "accept"
kind = "relation"
by = "陈静"
on = 2026-11-20
quote = "临江市引进华清研究院"
[decision.fact]
subject = "临江市"
predicate = "recruited"
object = "华清研究院"

[[decision]]
action = "add"
kind = "relation"
by = "李雷"
on = 2026-11-21
quote = "华清研究院正式挂牌"
[decision.fact]
subject = "华清研究院"
predicate = "supports"
object = "临江市"

[[decision]]
action = "correct"
kind = "observation"
by = "陈静"
on = 2026-11-22
quote = "新增高新技术企业120家"
[decision.fact]
value = 120
[decision.new]
value = 121
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    graph = tmp_path_factory.mktemp("origins")
    folder = graph / "reports" / "linjiang-2021"
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    (folder / "report.toml").write_text('title = "临江科技"\narea = "临江市"\n[issued]\ndate = "2021"\n', encoding="utf-8")
    (graph / "decisions").mkdir()
    (graph / "decisions" / "linjiang-2021.toml").write_text(DECISIONS, encoding="utf-8")
    build(None, graph)
    return Store.in_memory(built_files(graph / "built"))


def test_a_card_names_the_rule_or_the_person_and_the_day_in_both_languages(store: Store) -> None:
    answer = ask(store, load_catalogue().question("evidence/about"), {"thing": "华清研究院"})
    origins = find_row_origins(store, answer)
    zh = render_cards(answer, find_sentences(store, answer), "zh", [origin.said("zh") for origin in origins])
    assert "出处：陈静 2026-11-20 采纳；规则 frames.recruits（kg" in zh
    assert "出处：李雷 2026-11-21 添加\n" in zh
    assert "出处：规则 relations.led-by（kg" in zh
    en = render_cards(answer, find_sentences(store, answer), "en", [origin.said("en") for origin in origins])
    assert "origin: accepted by 陈静 on 2026-11-20; rule frames.recruits (kg" in en
    assert "origin: added by 李雷 on 2026-11-21\n" in en


def test_a_corrected_number_names_who_corrected_it_in_its_profile(store: Store) -> None:
    shown = render_shown(profile(store, "临江市"), "table", "zh")
    assert "出处：陈静 2026-11-22 更正；规则" in shown
    (number,) = [number for number in profile(store, "临江市").numbers if number.indicator.endswith("高新技术企业数")]
    assert (number.origin.decided_by, number.origin.action) == ("陈静", "correct")


def test_a_hop_of_a_trace_names_its_origin(store: Store) -> None:
    found = trace(store, "王明远", "华清研究院")
    (said,) = {said for route in found.routes for hop in route.hops for said in hop.ties if said.relation_iri.endswith("leads")}
    assert (said.origin.rules, said.origin.decided_by) == (("relations.led-by",), "")
    assert "origin: rule relations.led-by (kg" in render_shown(trace(store, "王明远", "华清研究院", lang="en"), "table", "en")


def test_the_table_of_facts_has_columns_for_rule_person_and_day(store: Store, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "facts.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "facts.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) >= 5
    assert all(row["rule"] for row in rows)
    decided = {(row["decided_by"], row["decided_on"], row["rule"]) for row in rows if row["decided_by"]}
    assert {("陈静", "2026-11-20", "frames.recruits"), ("李雷", "2026-11-21", "decisions.add")} <= decided


def test_edges_and_their_passages_name_rule_person_and_day(store: Store) -> None:
    network = project(store, "all")
    edges = [values for _, _, values in network.edges(data=True) if values["decided_by"]]
    assert sorted((values["decided_by"], values["decided_on"]) for values in edges) == [
        (["李雷"], ["2026-11-21"]),
        (["陈静"], ["2026-11-20"]),
    ]
    assert {proof["decision"] for values in edges for proof in values["evidence"]} == {"accept", "add"}
    assert "2026-11-21" in "".join(str(row.get("decided_on")) for row in flatten(network).edges.rows)


def test_of_two_decisions_about_one_fact_the_last_is_told_and_nothing_is_told_of_nothing(store: Store) -> None:
    assert find_origins(store, ["https://example.org/none"]) == {"https://example.org/none": NO_ORIGIN}
    assert NO_ORIGIN.said("zh") == NO_ORIGIN.said("en") == ""
    assert Origin(("a.b", "c.d"), "kg 1").said("en") == "rules a.b, c.d (kg 1)"
