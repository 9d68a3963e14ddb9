"""The built graph: same bytes every time, whole or not at all, and a clear word when it is out of date."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.atomic import replacing_folder, restore_folder
from kg.build import Manifest, build, built_files, is_current, load_store, read_manifest
from kg.errors import BuildError, ReportError, StoreError
from kg.resources import resource
from kg.stamp import manifest_hash
from kg.store import Store

ROOT = Path(__file__).resolve().parent.parent
SHORT = "临江市\n今年1-5月，临江市研发投入增长12.5%，居全省第二。临江市科技局出台《临江市科研经费管理办法》。\n"


def write_report(folder: Path, text: str = SHORT) -> Path:
    folder.mkdir(parents=True)
    (folder / "report.txt").write_bytes(text.encode("utf-8"))
    (folder / "report.toml").write_text('title = "临江科技"\n[issued]\ndate = "2021"\n', encoding="utf-8")
    return folder


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A graph folder with one short report."""
    write_report(tmp_path / "graph" / "reports" / "linjiang-2021")
    return tmp_path / "graph"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    """The graph of the reports that come with the program."""
    out = tmp_path_factory.mktemp("first") / "graph"
    return out, build(resource("graph") / "reports", out)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def sound(graph: Path) -> bool:
    """Say whether the built folder is whole: each file as its manifest describes it."""
    restore_folder(graph / "built")
    files = read_manifest(graph / "built").files
    return all(hashlib.sha256((graph / "built" / name).read_bytes()).hexdigest() == file.sha256 for name, file in files.items())


def quads_in_store(graph: Path) -> int | None:
    """Return the number of quads in the store, ``None`` when it is refused."""
    try:
        return len(Store.open(graph))
    except StoreError:
        return None


def test_building_twice_gives_the_same_bytes(first: tuple[Path, Manifest], tmp_path: Path) -> None:
    out, manifest = first
    again = subprocess.run(
        [sys.executable, "-c", f"from pathlib import Path; from kg.build import build; build(None, Path({str(tmp_path / 'g')!r}))"],
        env={**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Shanghai"},
        cwd=tmp_path,
        check=False,
    )
    assert again.returncode == 0
    assert content(tmp_path / "g" / "built") == content(out / "built")
    assert manifest == read_manifest(out / "built")


def test_the_files_are_canonical_nquads_of_one_graph_each(first: tuple[Path, Manifest]) -> None:
    out, manifest = first
    reports = {"report-wenzhou-huzhou-2020.nq", "inferred-wenzhou-huzhou-2020.nq"}
    assert set(manifest.files) == {"authority.nq", "catalogue.nq", "ontology.nq", *reports}
    for name, file in manifest.files.items():
        lines = (out / "built" / name).read_text("utf-8").splitlines()
        assert lines == sorted(set(lines))
        assert len(lines) == file.quads
        assert all(line.endswith(f" <{file.graph}> .") for line in lines)
        assert not any(line.startswith("_:") or " _:" in line.split('"')[0] for line in lines)


def test_the_manifest_counts_what_was_found_and_names_no_time_and_no_machine(first: tuple[Path, Manifest]) -> None:
    out, manifest = first
    assert manifest.counts["reports"] == 1
    assert manifest.counts["entities"] > 50
    assert manifest.counts["quads"] == sum(file.quads for file in manifest.files.values())
    report = resource("graph") / "reports" / "wenzhou-huzhou-2020" / "report.txt"
    assert manifest.inputs["reports/wenzhou-huzhou-2020/report.txt"] == hashlib.sha256(report.read_bytes()).hexdigest()
    text = manifest.dumps()
    assert str(out) not in text
    assert os.uname().nodename not in text
    assert json.loads(text)["program"]["version"]


def test_the_catalogue_counts_what_the_store_holds(first: tuple[Path, Manifest]) -> None:
    store = Store.open(first[0])
    prefixes = (
        "PREFIX void: <http://rdfs.org/ns/void#> PREFIX rig: <https://w3id.org/rieco/graph/> PREFIX dcterms: <http://purl.org/dc/terms/> "
    )
    subsets = store.select(prefixes + "SELECT ?g ?n { GRAPH rig:catalogue { ?d void:subset ?g . ?g void:triples ?n } }")
    assert len(subsets) == 4
    for row in subsets:
        counted = store.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{row['g']}> {{ ?s ?p ?o }} }}")
        assert counted.rows[0]["n"] == row["n"]
    wrong = store.select(
        prefixes
        + """SELECT ?c ?n ?m { GRAPH rig:catalogue { ?p void:class ?c ; void:entities ?n }
          { SELECT ?c (COUNT(DISTINCT ?s) AS ?m) { GRAPH ?g { ?s a ?c } FILTER(?g != rig:catalogue) } GROUP BY ?c } FILTER(?n != ?m) }"""
    )
    assert len(wrong) == 0
    assert store.ask(prefixes + "ASK { GRAPH rig:catalogue { ?d dcterms:license <https://creativecommons.org/licenses/by/4.0/> } }")


def test_progress_is_told_step_by_step(graph: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    build(None, graph, progress=lambda *step: steps.append(step))
    assert "linjiang-2021" in [name for name, _, _ in steps]
    assert steps[-1] == ("store", 1, 1)
    assert all(0 <= done <= total for _, done, total in steps)


def test_a_fresh_build_is_current(graph: Path) -> None:
    build(None, graph)
    assert is_current(graph) == (True, ())


def test_a_changed_a_new_and_a_lost_report_are_named(graph: Path) -> None:
    write_report(graph / "reports" / "old-2010")
    build(None, graph)
    (graph / "reports" / "linjiang-2021" / "report.txt").write_text(SHORT + "新增企业3家。", encoding="utf-8")
    write_report(graph / "reports" / "new-2022")
    shutil.rmtree(graph / "reports" / "old-2010")
    current, reasons = is_current(graph)
    assert not current
    assert "input reports/linjiang-2021/report.txt has changed" in reasons
    assert "input reports/new-2022/report.txt is new" in reasons
    assert "input reports/old-2010/report.txt is gone" in reasons


def test_an_edited_or_lost_file_is_named(graph: Path) -> None:
    build(None, graph)
    with (graph / "built" / "ontology.nq").open("a") as file:
        file.write("<a:a> <a:b> <a:c> <a:d> .\n")
    assert is_current(graph)[1] == ("built/ontology.nq is not what the build wrote",)
    (graph / "built" / "ontology.nq").unlink()
    with pytest.raises(BuildError, match=r"ontology\.nq: this file of the built graph is missing"):
        built_files(graph / "built")


def test_other_code_or_rules_make_the_graph_out_of_date(graph: Path) -> None:
    build(None, graph)
    path = graph / "built" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["program"]["code"] = "0" * 64
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert "the code or the rules have changed" in is_current(graph)[1]
    assert "the store was loaded from another build" in is_current(graph)[1]


def test_where_nothing_was_built_that_is_the_reason(tmp_path: Path) -> None:
    current, reasons = is_current(tmp_path)
    assert not current
    assert "there is no built graph here - run `kg build`" in reasons[0]


@pytest.mark.parametrize("garbage", ["", "[]", "{}", '{"format": 1, "program": {}, "inputs": {}, "files": {"a": 1}, "counts": {}}'])
def test_a_garbled_manifest_is_told(graph: Path, garbage: str) -> None:
    build(None, graph)
    (graph / "built" / "manifest.json").write_text(garbage, encoding="utf-8")
    with pytest.raises(BuildError, match="this manifest cannot be read - run `kg build`"):
        read_manifest(graph / "built")
    assert not is_current(graph)[0]


def test_a_store_can_be_loaded_again_from_the_built_graph(graph: Path) -> None:
    manifest = build(None, graph)
    shutil.rmtree(graph / "store")
    assert is_current(graph) == (True, ())
    load_store(graph)
    assert len(Store.open(graph)) == manifest.counts["quads"]


def test_a_reader_that_is_overtaken_by_a_build_answers_or_says_so(graph: Path) -> None:
    def answer(store: Store) -> int | str:
        try:
            return len(store.select("SELECT * { GRAPH ?g { ?s ?p ?o } }"))
        except StoreError as error:
            return error.what

    build(None, graph)
    warm, cold = Store.open(graph), Store.open(graph)
    rows = answer(warm)
    (graph / "reports" / "linjiang-2021" / "report.txt").write_text(SHORT + "新增企业3家。", encoding="utf-8")
    build(None, graph)
    assert answer(warm) == rows
    assert answer(cold) in {rows, quads_in_store(graph), "the graph was built anew while it was open here"}
    assert answer(Store.open(graph)) == quads_in_store(graph) != rows


def test_a_folder_without_reports_cannot_be_built(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    with pytest.raises(BuildError, match="there is no report here - put a report into"):
        build(tmp_path / "reports", tmp_path / "out")


def test_a_broken_report_leaves_the_earlier_graph(graph: Path) -> None:
    build(None, graph)
    before = content(graph / "built")
    write_report(graph / "reports" / "broken", "x").joinpath("report.txt").write_bytes("临江".encode("gb18030"))
    with pytest.raises(ReportError, match="not UTF-8"):
        build(None, graph)
    assert content(graph / "built") == before
    assert len(Store.open(graph)) > 0
    assert sorted(path.name for path in graph.iterdir()) == [".shards", "built", "reports", "store"]


@pytest.mark.parametrize("moment", ["linjiang-2021", "catalogue", "store"])
def test_an_interrupted_build_leaves_the_earlier_graph_and_its_store(graph: Path, moment: str) -> None:
    rows = build(None, graph).counts["quads"]
    before = content(graph / "built")
    (graph / "reports" / "linjiang-2021" / "report.txt").write_text(SHORT + "新增企业3家。", encoding="utf-8")

    def interrupt(step: str, done: int, total: int) -> None:
        if step == moment:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(None, graph, progress=interrupt)
    assert content(graph / "built") == before
    assert quads_in_store(graph) == rows
    assert sorted(path.name for path in graph.iterdir()) == [".shards", "built", "reports", "store"]


def test_two_builds_do_not_work_in_one_folder_at_once(graph: Path) -> None:
    def during(step: str, done: int, total: int) -> None:
        with pytest.raises(BuildError, match="another build is at work here - wait for it to end"):
            build(None, graph)

    build(None, graph, progress=during)
    assert is_current(graph) == (True, ())


def test_a_folder_that_cannot_be_written_is_told(graph: Path) -> None:
    (graph / "blocked").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(BuildError, match="blocked: cannot be written"):
        build(graph / "reports", graph / "blocked")


_LIMITED = """
import resource, sys
from pathlib import Path
from kg.build import build, load_store
from kg.errors import KgError
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    build(None, Path(sys.argv[1])) if sys.argv[2] == "build" else load_store(Path(sys.argv[1]))
except KgError as error:
    print(error)
    sys.exit(2)
"""


@pytest.mark.parametrize("step", ["build", "store"])
def test_a_full_disk_leaves_the_earlier_graph(graph: Path, step: str) -> None:
    manifest = build(None, graph)
    before = content(graph / "built")
    run = subprocess.run([sys.executable, "-c", _LIMITED, str(graph), step], capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr
    assert "is intact" in run.stdout
    assert content(graph / "built") == before
    assert quads_in_store(graph) == manifest.counts["quads"]


_REPEATED = """
import sys
from pathlib import Path
from kg.build import build
print("ready", flush=True)
while True:
    build(None, Path(sys.argv[1]))
"""


def test_a_build_killed_at_any_moment_leaves_a_whole_graph(graph: Path) -> None:
    build(None, graph)
    chance = random.Random(2020)
    for _ in range(6):
        child = subprocess.Popen([sys.executable, "-c", _REPEATED, str(graph)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 0.4))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert sound(graph)
        assert quads_in_store(graph) in {None, read_manifest(graph / "built").counts["quads"]}
    build(None, graph)
    assert is_current(graph) == (True, ())
    assert sorted(path.name for path in graph.iterdir()) == [".shards", "built", "reports", "store"]


def test_a_kill_between_putting_aside_and_putting_in_place_is_mended(tmp_path: Path) -> None:
    folder = tmp_path / "built"
    with replacing_folder(folder) as new:
        (new / "a.nq").write_text("earlier", encoding="utf-8")
    folder.rename(tmp_path / ".built.previous")  # where a kill would leave it
    restore_folder(folder)
    assert (folder / "a.nq").read_text("utf-8") == "earlier"
    with replacing_folder(folder) as new:
        (new / "a.nq").write_text("later", encoding="utf-8")
    assert (folder / "a.nq").read_text("utf-8") == "later"
    assert [path.name for path in tmp_path.iterdir()] == ["built"]


def test_an_error_inside_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "built"
    folder.mkdir()

    def interrupted() -> None:
        with replacing_folder(folder) as new:
            (new / "a.nq").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(folder.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["built"]


def test_the_stamp_of_the_store_is_the_hash_of_the_manifest(graph: Path) -> None:
    build(None, graph)
    stamp = json.loads((graph / "store" / "store.json").read_text("utf-8"))
    assert stamp["manifest"] == manifest_hash(graph / "built")
    assert manifest_hash(graph / "nowhere") is None
