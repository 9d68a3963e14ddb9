"""Networks for other programs: every format reads back equal, keeps its sentences, and stands hostile words."""

import csv
import io
import json
import math
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli.options import NetworkForm
from kg.errors import BuildError, InputError, QueryError
from kg.formats import ENDINGS, FORMATS, Table, flatten, format_of, write
from kg.formats import looks as looks_module
from kg.formats.mermaid import MOST_NODES
from kg.namespaces import RID, RIE
from kg.pages import find_network
from kg.pages.groups import groups
from kg.report import Report
from kg.store import Store
from kg.views import Network, project
from tests.gexf_structure import faults
from tests.networks import FIRST, HOSTILE, LEADS, small_store

LABELS = [
    "“引号”\"和'撇号'",
    "<script>alert(1)</script> ]]> & &amp; &#0;",
    "一行\n两行\r\n三行\t制表",
    "控制\x00\x01\x08\x0b\x1f\x7f符\ufffe\uffff",
    "😀👩‍👩‍👧‍👦𠮷",
    "\u202eעברית عربى\u2066",
    "=1+1",
    "+86 577",
    "-3.2",
    "@SUM(A1)",
    "＝全角",
    "'引号在前",
    "\t=制表在前",
    '%%{init: {"theme": "dark"}}%%',
    'n0 --> n1; click n0 "javascript:alert(1)"',
    "fa:fa-car",
    " 空格在两头 ",
    "true",
    "1e5",
    HOSTILE,
]


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


@pytest.fixture(scope="module")
def everything(store: Store) -> Network:
    return project(store, "all")


def hostile() -> Network:
    """A network of hostile labels, in the label, in a list, in a record, in the quote and in the name of an attribute."""
    network = Network(view="all", lang="zh", label_zh=LABELS[1], about_zh=LABELS[2])
    for number, label in enumerate(LABELS):
        network.add_node(f"{RID}e-{number}", label=label, type="Institute", aliases=[label], figures=[{"label_zh": label}])
        proof = {
            "report": f"{RID}report-x",
            "statement": f"{RID}s-{number}",
            "quote": label,
            "sentence": f"前{label}后",
            "start": 1,
            "end": 2,
        }
        said = {
            "predicate": f"{RIE}leads",
            "label": label,
            "quote": label,
            "evidence": [proof],
            f'="<b>{number % 3}': number,
            "done": number % 2 == 0,
        }
        network.add_edge(f"{RID}e-{number}", f"{RID}e-{(number + 1) % len(LABELS)}", key=f"{RID}s-{number}", **said)
    return network


# reading back: what each reader is expected to find


def xml_safe(value: Any) -> Any:
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", value) if isinstance(value, str) else value


def nodes_of(network: Network, clean: Callable[[Any], Any] = lambda value: value) -> dict[str, dict[str, Any]]:
    rows = flatten(network).nodes.rows
    return {clean(row["id"]): {clean(k): clean(v) for k, v in row.items() if k != "id"} for row in rows}


def edges_of(network: Network, clean: Callable[[Any], Any] = lambda value: value) -> dict[tuple[str, str, str], dict[str, Any]]:
    rows = flatten(network).edges.rows
    ends = ("source", "target", "key")
    return {tuple(clean(row[k]) for k in ends): {clean(k): clean(v) for k, v in row.items() if k not in ends} for row in rows}


def edges_read(graph: Any) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(s, t, k): dict(values) for s, t, k, values in nx.MultiDiGraph(graph).edges(keys=True, data=True)}


def read_graphml(path: Path, network: Network) -> tuple[object, object]:
    graph = nx.read_graphml(path, force_multigraph=True)
    assert graph.graph.keys() - {"node_default", "edge_default"} == flatten(network).graph.keys()
    return dict(graph.nodes(data=True)), edges_read(graph)


def read_gexf(path: Path, network: Network) -> tuple[object, object]:
    graph = nx.read_gexf(path, version="1.3")
    nodes = {node: {k: v for k, v in values.items() if k != "viz"} for node, values in graph.nodes(data=True)}
    labelled = nodes_of(network, xml_safe)
    nodes = {node: {k: v for k, v in values.items() if k in labelled[node]} for node, values in nodes.items()}  # the label of last resort
    edges = {}
    for source, target, values in graph.edges(data=True):
        edges[source, target, values["id"]] = {k: v for k, v in values.items() if k not in ("id", "start", "end")}
    return nodes, edges


def read_cyjs(path: Path, network: Network) -> tuple[object, object]:
    graph = nx.cytoscape_graph(json.loads(path.read_text(encoding="utf-8")))
    drawn, ends = {"id", "value", "name", "color", "size"}, {"source", "target", "key", "id", "interaction"}
    nodes = {node: {k: v for k, v in values.items() if k not in drawn} for node, values in graph.nodes(data=True)}
    return nodes, {key: {k: v for k, v in values.items() if k not in ends} for key, values in edges_read(graph).items()}


def read_csv(path: Path, network: Network) -> tuple[object, object]:
    flat = flatten(network)
    found = [rows_of_csv(path.with_suffix(f".{name}.csv"), table) for name, table in (("nodes", flat.nodes), ("edges", flat.edges))]
    return by_ends(*found)


def rows_of_csv(path: Path, table: Table) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(2**30)
    read = {str: lambda cell: cell[1:] if cell.startswith("'") else cell, int: int, float: float, bool: lambda cell: cell == "true"}
    for row in csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")):
        told = {name[1:] if name.startswith("'") else name: cell for name, cell in row.items()}
        assert tuple(told) == tuple(table.columns)
        yield {name: read[table.columns[name]](cell) for name, cell in told.items() if cell}


def read_parquet(path: Path, network: Network) -> tuple[object, object]:
    frames = [polars.read_parquet(path.with_suffix(f".{name}.parquet")) for name in ("nodes", "edges")]
    return by_ends(*([{k: v for k, v in row.items() if v is not None} for row in frame.to_dicts()] for frame in frames))


def by_ends(nodes: Any, edges: Any) -> tuple[object, object]:
    return {row.pop("id"): row for row in nodes}, {(row.pop("source"), row.pop("target"), row.pop("key")): row for row in edges}


READERS = {"graphml": read_graphml, "gexf": read_gexf, "cyjs": read_cyjs, "csv": read_csv, "parquet": read_parquet}
CLEAN = {"graphml": xml_safe, "gexf": xml_safe}
ENDING = {form: ending for ending, form in reversed(ENDINGS.items())}


def test_every_format_is_tested_here_and_offered_at_the_command_line() -> None:
    assert {*READERS, "node-link", "mermaid"} == set(FORMATS) == set(ENDINGS.values())
    assert [form.value for form in NetworkForm] == ["html", *FORMATS]


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("make", ["everything", "hostile"])
def test_another_reader_finds_the_same_nodes_edges_and_values(form: str, make: str, everything: Network, tmp_path: Path) -> None:
    network = everything if make == "everything" else hostile()
    path = tmp_path / f"network{ENDING[form]}"
    write(network, path)
    nodes, edges = READERS[form](path, network)
    clean = CLEAN.get(form, lambda value: value)
    assert len(nodes_of(network)) in (10, len(LABELS))
    assert nodes == nodes_of(network, clean)
    assert edges == edges_of(network, clean)


@pytest.mark.parametrize("make", ["everything", "hostile"])
def test_node_link_gives_back_the_very_network(make: str, everything: Network, tmp_path: Path) -> None:
    network = everything if make == "everything" else hostile()
    write(network, tmp_path / "network.json")
    again = nx.node_link_graph(json.loads((tmp_path / "network.json").read_text(encoding="utf-8")))
    assert again.graph == network.graph
    assert dict(again.nodes(data=True)) == dict(network.nodes(data=True))
    assert edges_read(again) == edges_read(network)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
attributes = st.dictionaries(
    st.sampled_from(["label", "值", "id", "key", "a b", "evidence", "first_day", "type", "done"]), values, max_size=5
)
networks = st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from("甲乙丙丁"), st.integers(0, 2), attributes), max_size=6)


@settings(max_examples=60, deadline=None)
@given(networks, st.lists(attributes, min_size=4, max_size=4))
def test_whatever_the_attributes_are_each_table_reads_back_equal(tmp_path_factory: pytest.TempPathFactory, ties: Any, told: Any) -> None:
    network = Network()
    for name, values_ in zip("甲乙丙丁", told, strict=True):
        network.add_nodes_from([(name, values_)])
    for subject, target, number, values_ in ties:
        network.add_edges_from([(subject, target, f"{subject}{target}{number}", values_)])
    folder = tmp_path_factory.mktemp("any")
    for form in ("csv", "parquet", "cyjs", "graphml", "gexf", "mermaid", "node-link"):
        write(network, folder / "network", form)
    flat = flatten(network)
    assert [row["id"] for row in flat.nodes.rows] == sorted("甲乙丙丁")
    found = read_parquet(folder / "network.parquet", network)
    assert found == (nodes_of(network), edges_of(network))
    if all("\r" not in str(row) and "\0" not in str(row) for table in (flat.nodes, flat.edges) for row in table.rows):
        assert read_csv(folder / "network.csv", network) == found
    assert faults(gexf_text(network, folder)) == []


def gexf_text(network: Network, folder: Path) -> str:
    (path,) = write(network, folder / "network.gexf")
    return path.read_text(encoding="utf-8")


# what is kept


@pytest.mark.parametrize("form", READERS)
def test_every_edge_of_the_first_report_keeps_its_sentence_and_its_place(
    first_store: Store, first_report: Report, form: str, tmp_path: Path
) -> None:
    network = project(first_store, "institution-talent")
    path = tmp_path / f"network{ENDING[form]}"
    write(network, path)
    nodes, edges = READERS[form](path, network)
    assert set(nodes) == set(network)  # the same IRIs
    assert set(edges) == set(network.edges(keys=True))
    assert len(edges) >= 25
    for edge in edges.values():
        assert first_report.text[edge["quote_start"] : edge["quote_end"]] == edge["quote"]
        assert edge["quote"] in edge["sentence"]
        assert edge["report"] == f"{RID}report-wenzhou-huzhou-2020"
        assert edge["rule"]
        assert edge["status"]
        assert edge["passages"] == len(json.loads(edge["evidence"]))


def test_a_tie_keeps_its_dates_and_both_its_passages(everything: Network) -> None:
    (edge,) = [row for row in flatten(everything).edges.rows if row["label_en"] == "leads"]
    assert (edge["first_day"], edge["last_day"], edge["quote"]) == ("2020-04-01", "2020-04-30", LEADS)
    assert FIRST[edge["quote_start"] : edge["quote_end"]] == LEADS
    assert [proof["quote"] for proof in json.loads(edge["evidence"])] == [LEADS, LEADS]


def test_an_edge_without_evidence_is_an_edge_without_those_columns() -> None:
    network = Network()
    network.add_edge("甲", "乙", label="认识", weight=float("nan"))
    assert flatten(network).edges.rows == ({"source": "甲", "target": "乙", "key": "0", "label": "认识"},)
    assert flatten(network).edges.columns == {"source": str, "target": str, "key": str, "label": str, "weight": str}


def test_a_column_has_the_one_type_that_holds_its_values() -> None:
    network = Network()
    network.add_node("甲", whole=1, mixed=1, share=1, huge=2**80, id="自己的")
    network.add_node("乙", whole=2, mixed="二", share=0.5, huge=3, flag=True)
    columns = flatten(network).nodes.columns
    assert {name: columns[name].__name__ for name in ("whole", "mixed", "share", "huge", "flag")} == {
        "whole": "int",
        "mixed": "str",
        "share": "float",
        "huge": "str",
        "flag": "bool",
    }
    assert flatten(network).nodes.rows[1] == {"id": "甲", "whole": 1, "mixed": "1", "share": 1.0, "huge": str(2**80), "id_": "自己的"}


def test_an_attribute_whose_name_is_taken_is_not_lost() -> None:
    network = Network()
    network.add_node("甲", id="一", id_="二", id__="三")
    assert flatten(network).nodes.rows == ({"id": "甲", "id___": "一", "id_": "二", "id__": "三"},)


def test_days_that_are_none_or_run_backwards_date_no_edge(tmp_path: Path) -> None:
    network = Network()
    for number, (first, last) in enumerate([("2020-13-01", ""), ("2020-05-01", "2020-04-01"), ("四月", "20200401"), (2020, None)]):
        network.add_edge("甲", "乙", key=f"k{number}", first_day=first, last_day=last)
    assert 'mode="static"' in gexf_text(network, tmp_path)
    network.add_edge("甲", "乙", key="k", first_day="", last_day="2020-04-30")
    text = gexf_text(network, tmp_path)
    assert (text.count(" start="), text.count(' end="2020-04-30"')) == (0, 1)
    assert faults(text) == []


def test_values_of_numpy_and_sets_are_told_plainly() -> None:
    import numpy as np

    network = Network()
    network.add_node("甲", rank=np.float64(0.25), count=np.int64(3), seen={"乙", "丙"}, none=math.inf)
    assert flatten(network).nodes.rows == ({"id": "甲", "rank": 0.25, "count": 3, "seen": '["丙", "乙"]'},)


def test_edges_whose_keys_repeat_get_ids_of_their_own(tmp_path: Path) -> None:
    network = Network([("甲", "乙"), ("乙", "甲"), ("甲", "乙")])
    assert flatten(network).edge_ids == ("e0", "e1", "e2")
    write(network, tmp_path / "network.gexf")
    assert faults((tmp_path / "network.gexf").read_text(encoding="utf-8")) == []


# the same bytes, whole or not at all


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_network_gives_the_same_bytes_in_whatever_order_it_was_made(form: str, everything: Network, tmp_path: Path) -> None:
    turned = Network(**everything.graph)
    turned.add_nodes_from(reversed(list(everything.nodes(data=True))))
    turned.add_edges_from(reversed(list(everything.edges(keys=True, data=True))))
    for name, network in (("one", everything), ("two", turned)):
        write(network, tmp_path / name / "network", form)
    one, two = (sorted((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_written_whole_or_not_at_all(form: str, everything: Network, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("earlier", encoding="utf-8")
    with pytest.raises(BuildError, match="cannot be written"):
        write(everything, tmp_path / "file" / "network", form)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_of_two_tables_neither_is_replaced_when_one_cannot_be(everything: Network, tmp_path: Path) -> None:
    (tmp_path / "network.nodes.csv").write_text("earlier", encoding="utf-8")
    (tmp_path / "network.edges.csv").mkdir()
    with pytest.raises(BuildError, match=r"network.edges.csv: was not written"):
        write(everything, tmp_path / "network.csv")
    assert (tmp_path / "network.nodes.csv").read_text(encoding="utf-8") == "earlier"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_label_of_a_megabyte_is_kept(tmp_path: Path) -> None:
    label = "温州医科大学，\n" * 131072
    network = Network()
    network.add_node("甲", label=label)
    network.add_node("乙", label="短")
    for form, read in READERS.items():
        path = tmp_path / f"network{ENDING[form]}"
        write(network, path)
        assert read(path, network)[0]["甲"]["label"] == label  # type: ignore[index]
    (mermaid,) = write(network, tmp_path / "network.mmd")
    assert mermaid.stat().st_size < 2000


def test_an_empty_network_is_written_too(tmp_path: Path) -> None:
    for form in FORMATS:
        for path in write(Network(), tmp_path / "network", form):
            assert path.stat().st_size


# the name of the file says the format


def test_the_ending_says_the_format_and_two_tables_share_the_name(everything: Network, tmp_path: Path) -> None:
    assert format_of(Path("网络.GEXF")) == "gexf"
    assert write(everything, tmp_path / "x.csv") == (tmp_path / "x.nodes.csv", tmp_path / "x.edges.csv")
    assert write(everything, tmp_path / "y.z", "parquet") == (tmp_path / "y.z.nodes.parquet", tmp_path / "y.z.edges.parquet")
    assert write(everything, tmp_path / "z.txt", "gexf") == (tmp_path / "z.txt",)


def test_a_name_or_a_format_that_says_nothing_is_answered_with_the_formats(everything: Network, store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"network.xls: 从文件名的结尾看不出格式 - 用 .graphml .gexf"):
        write(everything, tmp_path / "network.xls")
    with pytest.raises(InputError, match=r"--format: there is no format “gml” - choose one of graphml, gexf, cyjs, node-link"):
        write(project(store, "all", "en"), tmp_path / "network.gexf", "gml")
    assert list(tmp_path.iterdir()) == []


def test_a_view_without_rows_is_said_before_anything_is_written() -> None:
    with pytest.raises(QueryError, match=r"view “all”: no relation of the graph belongs to it"):
        find_network(Store.of_quads([]), "all", "en")


def test_without_polars_parquet_says_what_to_install(everything: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(InputError, match=r"written by Polars, which is not installed - pip install 'innovation-ecosystem-kg\[tables\]'"):
        write(everything, tmp_path / "x.parquet")
    assert list(tmp_path.iterdir()) == []


# GEXF


def test_gexf_has_the_colours_places_sizes_and_dates_of_the_picture(everything: Network, tmp_path: Path) -> None:
    write(everything, tmp_path / "network.gexf")
    graph = nx.read_gexf(tmp_path / "network.gexf", version="1.3")
    (person,) = [values for _, values in graph.nodes(data=True) if values["label"] == "李校堃"]
    color = next(group.color for group in groups() if group.id == "person")
    assert "#{r:02x}{g:02x}{b:02x}".format(**person["viz"]["color"]) == color
    assert person["viz"]["size"] > 6
    assert len({tuple(values["viz"]["position"].values()) for _, values in graph.nodes(data=True)}) == len(graph)
    assert graph.graph["mode"] == "dynamic"
    (leads,) = [values for *_, values in graph.edges(data=True) if values["label"] == "领衔"]
    assert (leads["start"], leads["end"]) == ("2020-04-01", "2020-04-30")
    (aims,) = [values for *_, values in graph.edges(data=True) if values["label_en"] == "located in"]
    assert "start" not in aims


def test_a_network_too_large_to_place_is_written_without_places(
    everything: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks_module, "MOST_PLACED", 9)
    write(everything, tmp_path / "network.gexf")
    text = (tmp_path / "network.gexf").read_text(encoding="utf-8")
    assert "viz:position" not in text
    assert text.count("<viz:color") == len(everything) == 10


@pytest.mark.parametrize("make", ["everything", "hostile", "first"])
def test_gexf_keeps_to_the_structure_of_its_schema(make: str, everything: Network, first_store: Store, tmp_path: Path) -> None:
    network = {"everything": lambda: everything, "hostile": hostile, "first": lambda: project(first_store, "all")}[make]()
    assert faults(gexf_text(network, tmp_path)) == []


def test_the_check_of_the_structure_finds_what_is_wrong(everything: Network, tmp_path: Path) -> None:
    text = gexf_text(everything, tmp_path)
    broken = {
        ' version="1.3"': ' version="1.4"',
        'timeformat="date"': 'timeformat="day"',
        'start="2020-04-01"': 'start="April 2020"',
        '<viz:color r="': '<viz:color r="9',
        '<viz:shape value="disc"/>': '<viz:shape value="hexagon"/>',
        '<attvalue for="0"': '<attvalue for="999"',
        ' type="boolean"': ' type="bool"',
        "<nodes>": '<nodes total="3">',
        "</meta>": "<title/></meta>",
    }
    for old, new in broken.items():
        assert old in text
        assert faults(text.replace(old, new, 1)), new


def test_gexf_validates_against_the_schema_of_its_makers(everything: Network, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder = request.config.getoption("--gexf-schema")
    if folder is None:
        pytest.skip("give --gexf-schema FOLDER with specs/1.3 of the repository gephi/gexf")
    from lxml import etree

    for network in (everything, hostile()):
        text = gexf_text(network, tmp_path)
        relaxng = etree.RelaxNG(etree.parse(Path(folder) / "gexf.rng"))
        relaxng.assertValid(etree.fromstring(text.encode()))
        # the XSD, made from the grammar by a converter, has lost the namespace of the looks
        schema = etree.XMLSchema(etree.parse(Path(folder) / "gexf.xsd"))
        schema.assertValid(etree.fromstring(text.replace("http://gexf.net/1.3/viz", "http://gexf.net/1.3").encode()))


# Cytoscape


def test_cytoscape_finds_ids_ends_places_and_names(everything: Network, tmp_path: Path) -> None:
    write(everything, tmp_path / "network.cyjs")
    found = json.loads((tmp_path / "network.cyjs").read_text(encoding="utf-8"))
    assert (found["format_version"], found["data"]["name"]) == ("1.0", "全部关系")
    nodes, edges = found["elements"]["nodes"], found["elements"]["edges"]
    ids = [one["data"]["id"] for one in [*nodes, *edges]]
    assert len(ids) == len(set(ids)) == len(everything) + everything.number_of_edges()
    assert all(isinstance(node["position"]["x"], int) and isinstance(node["position"]["y"], int) for node in nodes)
    assert {edge["data"][end] for edge in edges for end in ("source", "target")} <= set(everything)
    assert all(not isinstance(value, list | dict) for one in [*nodes, *edges] for value in one["data"].values())
    assert {"李校堃", "临江市"} <= {node["data"]["name"] for node in nodes}


# CSV


def test_a_spreadsheet_calculates_nothing_and_every_cell_reads_back(tmp_path: Path) -> None:
    write(hostile(), tmp_path / "x.csv")
    raw = (tmp_path / "x.nodes.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid,label,type")
    assert b'"\r\n' in raw
    cells = [row["label"] for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r"))]
    assert sorted(cell.removeprefix("'") if cell.startswith("'") else cell for cell in cells) == sorted(LABELS)


# Mermaid


def test_mermaid_shows_relations_and_dashes_what_is_only_planned(everything: Network, tmp_path: Path) -> None:
    (path,) = write(everything, tmp_path / "network.mmd")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("flowchart LR\n")
    names = {label: name for name, label in re.findall(r'^  (n\d+)\["(.*)"\]:::\w+$', text, re.M)}
    assert len(names) == len(everything) == 10
    assert f'  {names["李校堃"]} -->|"领衔"| {names["临江大学病毒研究院"]}' in text
    assert re.search(rf'  {names["临江市"]} -\.->\|".+"\| {names["东海大学临江分院"]}', text)
    assert all(node in text for node in everything)
    assert "classDef person fill:#ffffff" in text


def test_mermaid_takes_no_word_of_a_label_for_its_own(tmp_path: Path) -> None:
    (path,) = write(hostile(), tmp_path / "network.mmd")
    lines = path.read_text(encoding="utf-8").splitlines()
    shapes = (
        r"flowchart LR",
        r"  %% [^<>{}\"]+",
        r'  n\d+\["[^"<>{}|`:\[\]]+"\]:::\w+',
        r'  n\d+ (-->|-\.->)\|"[^"<>{}|`:]+"\| n\d+',
        r"  classDef \w+ [\w#:,]+[\w-]+:\w+",
    )
    assert [line for line in lines if not any(re.fullmatch(shape, line) for shape in shapes)] == []
    assert len(lines) == 1 + 4 * len(LABELS) + 1


def test_mermaid_refuses_what_nobody_could_read(tmp_path: Path) -> None:
    network = Network([(i, i + 1) for i in range(MOST_NODES)], lang="zh")
    with pytest.raises(InputError, match=r"mermaid: 61 个节点、60 条关系，Mermaid 画不下（最多 60 个、200 条） - 缩小视图"):
        write(network, tmp_path / "x.mmd")
    network.graph["lang"] = "en"
    with pytest.raises(InputError, match="61 nodes and 60 edges are too many for Mermaid"):
        write(network, tmp_path / "x.mmd")
    network.remove_node(0)
    assert write(network, tmp_path / "x.mmd")
