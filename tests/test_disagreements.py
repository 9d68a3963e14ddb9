"""Two reports that give one number differently: both are kept, and a query and a view show them side by side."""

from pathlib import Path

import pytest

from kg.ask import Cell, ask
from kg.build import build, built_files
from kg.catalogue import load_catalogue
from kg.pages import write_view
from kg.store import Store
from kg.views import project

TEXTS = {
    "bureau-2021": "临江市\n2020年，临江市研发投入增长12.5%，临江市新增高新技术企业120家。\n",
    "news-2021": "临江市\n2020年，临江市研发投入增长13.1%，临江市新增高新技术企业120家。\n",
}
SAID = """PREFIX rie: <https://w3id.org/rieco/ontology#>
SELECT ?bound ?status WHERE { GRAPH ?graph { ?said rie:bound ?bound ; rie:factualStatus ?status } }"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    graph = tmp_path_factory.mktemp("disagreements")
    for name, text in TEXTS.items():
        folder = graph / "reports" / name
        folder.mkdir(parents=True)
        (folder / "report.txt").write_text(text, encoding="utf-8")
        (folder / "report.toml").write_text(f'title = "{name}"\narea = "临江市"\n[issued]\ndate = "2021"\n', encoding="utf-8")
    build(None, graph)
    return Store.in_memory(built_files(graph / "built"))


def test_both_values_are_kept_and_the_question_sets_them_side_by_side(store: Store) -> None:
    answer = ask(store, load_catalogue().question("quality/disagreements"), {})
    pairs = {(str(value), str(other)) for value, other in zip(*(_texts(answer.column(n)) for n in ("value", "other_value")), strict=True)}
    assert pairs == {("12.5", "13.1"), ("13.1", "12.5")}
    assert set(_texts(answer.column("report"))) == set(TEXTS)


def _texts(cells: list[Cell | None]) -> list[str]:
    return [cell.text for cell in cells if cell]


def test_the_view_leads_from_the_subject_to_each_value_with_its_own_report_and_sentence(store: Store, tmp_path: Path) -> None:
    network = project(store, "disagreements")
    edges = list(network.edges(data=True))
    assert len(edges) == 2
    assert {values["label_zh"] for _, _, values in edges} == {"研发投入"}
    assert len({subject for subject, _, _ in edges}) == 1
    proofs = [(network.nodes[target]["label_zh"], proof) for _, target, values in edges for proof in values["evidence"]]
    shown = {(label, proof["report"].rpartition("report-")[2]) for label, proof in proofs}
    assert shown == {("临江市 研发投入 12.5%", "bureau-2021"), ("临江市 研发投入 13.1%", "news-2021")}
    for _, proof in proofs:
        assert TEXTS[proof["report"].rpartition("report-")[2]][proof["start"] : proof["end"]] == proof["quote"]
    assert {values["period_zh"] for _, _, values in edges} == {"2020年"}
    write_view(store, "disagreements", tmp_path / "page.html")
    assert "临江市 研发投入 13.1%" in (tmp_path / "page.html").read_text(encoding="utf-8")


def built(graph: Path, text: str) -> Store:
    """Return the store of one report of 临江市 with ``text``."""
    report = graph / "reports" / "one-2021"
    report.mkdir(parents=True)
    (report / "report.txt").write_text(f"临江市\n{text}\n", encoding="utf-8")
    (report / "report.toml").write_text('title = "一份"\narea = "临江市"\n[issued]\ndate = "2021"\n', encoding="utf-8")
    build(None, graph)
    return Store.in_memory(built_files(graph / "built"))


def test_a_bound_and_a_plan_contradict_no_number(tmp_path: Path) -> None:
    text = "2020年，临江市发明专利申请量突破100件。2020年，临江市发明专利申请量为118件。2020年，临江市发明专利申请量力争达到90件。"
    store = built(tmp_path, text)
    said = {(str(row["bound"]).rpartition("/")[2], str(row["status"]).rpartition("/")[2]) for row in store.select(SAID)}
    assert {("greater-than", "achieved"), ("exact", "achieved"), ("exact", "planned")} <= said
    assert len(ask(store, load_catalogue().question("quality/disagreements"), {}).rows) == 0
    assert len(project(store, "disagreements")) == 0


def test_a_number_drawn_as_a_node_keeps_its_bound_in_both_languages(tmp_path: Path) -> None:
    graph = project(built(tmp_path, "2020年，临江市发明专利申请量突破100件。2020年，临江市发明专利申请量突破120件。"), "disagreements")
    names = {(node["label_zh"], node["label_en"].rpartition(" ")[2]) for _, node in graph.nodes(data=True) if node["type"] == "Observation"}
    assert names == {("临江市 发明专利申请量 >100件", ">100件"), ("临江市 发明专利申请量 >120件", ">120件")}


def test_numbers_that_agree_are_no_disagreement(store: Store) -> None:
    assert not [node for node, values in project(store, "disagreements").nodes(data=True) if "高新技术企业" in values["label_zh"]]
