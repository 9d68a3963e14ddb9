"""A graph that grows: only what changed is made, the bytes are those of a build from nothing, whoever is killed when."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.atomic import restore_folder
from kg.build import build, is_current, read_manifest
from kg.decisions import Decision, dump_decisions
from kg.decisions.decision import Quotation
from kg.errors import BuildError, ReportError, StoreError
from kg.store import Store
from kg.triples import iris
from tests.test_build import SHORT, content, write_report

OTHER = "海宁市\n今年1-6月，海宁市新增企业3家。浙江大学与海宁市人民政府共建浙江大学海宁研究院。\n"
THIRD = "海宁市\n2020年，海宁市研发投入增长8.5%。海宁市科技局与浙江大学签订合作协议。\n"
TEXTS = (SHORT, OTHER, THIRD)
NAMES = ("haining-2021", "linjiang-2021", "临江-2022")
EVERYTHING = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"
State = dict[str, tuple[int, bool]]


def report(graph: Path, name: str, text: str) -> None:
    """Put a report into its folder, or another text in its place."""
    folder = graph / "reports" / name
    if not folder.exists():
        write_report(folder)
    (folder / "report.txt").write_text(text, encoding="utf-8")


def decide(graph: Path, name: str, text: str) -> None:
    """Let a person cut the links of 浙江大学."""
    start = text.index("浙江大学")
    quotation = Quotation("浙江大学", before=text[max(0, start - 8) : start], after=text[start + 4 : start + 12])
    said = Decision("reject", "link", "陈静", "2026-11-22", quotation, {"name": "浙江大学"}, {}, why="另一所大学")
    (graph / "decisions").mkdir(exist_ok=True)
    (graph / "decisions" / f"{name}.toml").write_text(dump_decisions([said]), encoding="utf-8")


def lay_out(graph: Path, state: State) -> None:
    """Let the graph folder hold exactly the reports of ``state``: number of the text, and whether somebody cut its links."""
    shutil.rmtree(graph / "decisions", ignore_errors=True)
    (graph / "decisions").mkdir(parents=True)
    for name in NAMES:
        if name not in state:
            shutil.rmtree(graph / "reports" / name, ignore_errors=True)
            continue
        number, decided = state[name]
        report(graph, name, TEXTS[number])
        if decided and "浙江大学" in TEXTS[number]:
            decide(graph, name, TEXTS[number])


def told(graph: Path, **how: int) -> list[str]:
    """Build, and return the steps that were told."""
    steps: list[str] = []
    build(None, graph, progress=lambda step, done, total: steps.append(step), **how)
    return steps[: steps.index("catalogue")]


def everything(graph: Path) -> frozenset[bytes]:
    return frozenset(Store.open(graph).tsv(EVERYTHING).splitlines())


@pytest.fixture(scope="module")
def from_nothing(tmp_path_factory: pytest.TempPathFactory) -> Callable[[State], tuple[dict[str, bytes], frozenset[bytes]]]:
    """Files and quads of a build from nothing."""
    known: dict[str, tuple[dict[str, bytes], frozenset[bytes]]] = {}

    def made(state: State) -> tuple[dict[str, bytes], frozenset[bytes]]:
        name = repr(sorted(state.items()))
        if name not in known:
            graph = tmp_path_factory.mktemp("whole")
            lay_out(graph, state)
            build(None, graph)
            known[name] = content(graph / "built"), everything(graph)
        return known[name]

    return made


@pytest.mark.slow
@settings(max_examples=5, deadline=None, database=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([None, 0, 1, 2]), st.booleans()), min_size=2, max_size=4))
def test_however_a_graph_grew_its_bytes_and_quads_are_those_of_a_build_from_nothing(
    from_nothing: Callable[[State], tuple[dict[str, bytes], frozenset[bytes]]],
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, int | None, bool]],
) -> None:
    graph, state = tmp_path_factory.mktemp("grown"), {"linjiang-2021": (1, True)}
    lay_out(graph, state)
    build(None, graph)
    for name, number, decided in steps:
        state = {key: value for key, value in state.items() if key != name} | ({} if number is None else {name: (number, decided)})
        if state:
            lay_out(graph, state)
            build(None, graph)
    if state:
        assert (content(graph / "built"), everything(graph)) == from_nothing(state)
        assert is_current(graph) == (True, ())


@pytest.fixture(autouse=True, scope="module")
def revising() -> Iterator[None]:
    """Let the store of graphs as small as these be revised as that of large ones is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.build.loading.DEARER", 1)
        yield


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A built graph of three reports."""
    lay_out(tmp_path, {name: (number, True) for number, name in enumerate(NAMES)})
    build(None, tmp_path)
    return tmp_path


def inodes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in folder.iterdir()}


def test_only_the_report_that_changed_is_read_and_only_its_graph_and_the_statistics_are_written(graph: Path) -> None:
    before, files = inodes(graph / "built"), inodes(graph / "store" / "data")
    assert told(graph) == []
    report(graph, "linjiang-2021", OTHER + "新增企业5家。")
    assert told(graph) == ["linjiang-2021"]
    after = inodes(graph / "built")
    written = {"report-linjiang-2021.nq", "inferred-linjiang-2021.nq", "catalogue.nq", "manifest.json"}
    assert {name for name in after if after[name] != before[name]} == written
    assert not files.items() <= inodes(graph / "store" / "data").items()
    shutil.rmtree(graph / "reports" / "linjiang-2021")
    assert told(graph) == []
    assert iris.report_graph("linjiang-2021") not in Store.open(graph).graphs()


def test_a_store_that_lost_a_file_is_loaded_anew_by_the_next_build_that_changes_something(graph: Path) -> None:
    (graph / "store" / "data" / "CURRENT").unlink()
    report(graph, "linjiang-2021", OTHER + "新增企业5家。")
    build(None, graph)
    assert len(Store.open(graph)) == read_manifest(graph / "built").counts["quads"]


def test_a_small_change_shares_the_files_of_the_store_and_a_build_of_nothing_new_loads_it_anew(graph: Path) -> None:
    big = {path.stat().st_ino for path in (graph / "store" / "data").glob("*.sst")}
    report(graph, "linjiang-2021", SHORT + "新增企业3家。")
    build(None, graph)
    assert big & {path.stat().st_ino for path in (graph / "store" / "data").glob("*.sst")}
    for path in (graph / "store" / "data").glob("*.sst"):
        path.unlink()
    build(None, graph)
    assert len(Store.open(graph)) == read_manifest(graph / "built").counts["quads"]


def test_metadata_and_decisions_of_one_report_concern_that_report_alone(graph: Path) -> None:
    path = graph / "reports" / "haining-2021" / "report.toml"
    path.write_text(path.read_text("utf-8").replace("临江科技", "海宁科技"), encoding="utf-8")
    assert told(graph) == ["haining-2021"]
    (graph / "decisions" / "临江-2022.toml").unlink()
    assert told(graph) == ["临江-2022"]


def test_what_was_edited_or_lost_in_the_built_folder_is_made_again(graph: Path) -> None:
    before = content(graph / "built")
    with (graph / "built" / "report-linjiang-2021.nq").open("a") as file:
        file.write("<a:a> <a:b> <a:c> <a:d> .\n")
    (graph / "built" / "report-haining-2021.nq").unlink()
    (graph / "built" / "stray.nq").touch()
    assert told(graph) == ["haining-2021", "linjiang-2021"]
    assert content(graph / "built") == before


@pytest.mark.parametrize("harm", ["gone", "garbage", "cut", "empty", "zeros"])
def test_a_ledger_that_is_damaged_or_gone_costs_a_whole_build_and_nothing_else(graph: Path, harm: str) -> None:
    before, ledger = content(graph / "built"), graph / ".shards" / "ledger.sqlite"
    whole = ledger.read_bytes()
    if harm == "gone":
        shutil.rmtree(graph / ".shards")
    else:
        ledger.write_bytes(
            {"garbage": b"no ledger" * 99, "cut": whole[:9000], "empty": b"", "zeros": whole[:200] + bytes(len(whole))}[harm]
        )
    assert told(graph) == list(NAMES)
    assert content(graph / "built") == before
    assert [path.name for path in (graph / ".shards").iterdir()] == ["ledger.sqlite"]


def test_a_build_that_was_interrupted_is_taken_up_where_it_was(tmp_path: Path) -> None:
    for number in range(5):
        report(tmp_path, f"r{number}", SHORT.replace("12.5", str(number + 1)))

    def interrupt(step: str, done: int, total: int) -> None:
        if step == "r3":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(None, tmp_path, progress=interrupt)
    assert told(tmp_path) == ["r3", "r4"]
    assert is_current(tmp_path) == (True, ())


# --- processes


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Eight reports, and the files of a build by one process."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(8):
        report(folder, f"r{number}", TEXTS[number % 3] * 20)
    build(None, folder)
    return folder / "reports", content(folder / "built")


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.build.pool.BATCH", 2)


def workers() -> set[int]:
    """Return the processes that read reports for this one."""
    found: set[int] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # a thread that ended meanwhile
            for pid in path.read_text().split():
                with suppress(OSError):  # a process that did
                    found |= {int(pid)} if b"kg.build.worker" in Path(f"/proc/{pid}/cmdline").read_bytes() else set()
    return found


@pytest.mark.usefixtures("small_batches")
def test_the_bytes_do_not_depend_on_the_number_of_processes_nor_on_one_that_is_killed(
    many: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill_one(step: str, done: int, total: int) -> None:
        if not killed and workers():
            killed.append(min(workers()))
            os.kill(killed[0], signal.SIGKILL)

    build(many[0], tmp_path, progress=kill_one, workers=2)
    assert killed
    assert content(tmp_path / "built") == many[1]
    assert not workers()


@pytest.mark.usefixtures("small_batches")
def test_a_report_that_ends_its_process_again_and_again_is_named(many: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    with killing_workers(), pytest.raises(BuildError, match=r"r\d: the process that read it was ended 3 times.* - free memory, or take"):
        build(many[0], tmp_path, workers=2)
    assert not workers()
    build(many[0], tmp_path)
    assert content(tmp_path / "built") == many[1]


@contextmanager
def killing_workers() -> Iterator[None]:
    stop = threading.Event()

    def kill() -> None:
        while not stop.wait(0.01):
            for pid in workers():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_a_report_that_cannot_be_read_is_told_by_several_processes_as_by_one(many: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    shutil.copytree(many[0], tmp_path / "reports")
    (tmp_path / "reports" / "r5" / "report.txt").write_bytes("临江".encode("gb18030"))
    with pytest.raises(ReportError, match=r"r5.*not UTF-8"):
        build(None, tmp_path, workers=2)


# --- full disks and kills

_LIMITED = """
import resource, sys
from pathlib import Path
from kg.build import build
from kg.errors import KgError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    build(None, Path(sys.argv[1]))
except KgError as error:
    print(error)
    sys.exit(2)
"""


@pytest.mark.parametrize("largest", [1_000, 20_000, 60_000, 150_000])
def test_a_disk_that_is_full_at_any_step_leaves_the_earlier_graph_and_says_so(graph: Path, largest: int) -> None:
    before, quads = content(graph / "built"), everything(graph)
    report(graph, "linjiang-2021", OTHER + "新增企业5家。")
    run = subprocess.run([sys.executable, "-c", _LIMITED, str(graph), str(largest)], capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr
    assert " is intact" in run.stdout
    assert (content(graph / "built"), everything(graph)) == (before, quads)
    build(None, graph)
    assert is_current(graph) == (True, ())
    assert everything(graph) != quads


_FORKING = """
import os, sys
import kg.build, kg.cli.making
from kg.cli import main
print("ready", flush=True)
for line in sys.stdin:
    pid = os.fork()
    if not pid:
        os.setpgid(0, 0)
        sys.stdout = open(os.devnull, "w")
        sys.argv = ["kg", "build", "--graph", *line.split()]
        try:
            main()
        finally:
            os._exit(0)
    try:
        os.setpgid(pid, pid)
    except OSError:
        pass
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("ended", flush=True)
"""
MOMENTS = 50


class Builds:
    """Runs ``kg build`` in a process group of its own, forked from a process that has the program loaded."""

    def __init__(self, graph: Path, parent: "subprocess.Popen[str]") -> None:
        self._graph, self._parent = graph, parent
        assert self._said() == "ready"

    def run(self, options: str = "", kill_after: float | None = None) -> float:
        """Run one build, or kill its whole group after some seconds; return how long it took."""
        assert self._parent.stdin is not None
        self._parent.stdin.write(f"{self._graph} {options}\n")
        self._parent.stdin.flush()
        group, began = int(self._said()), time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it had ended by itself
                os.killpg(group, signal.SIGKILL)
        assert self._said() == "ended"
        return time.monotonic() - began

    def _said(self) -> str:
        assert self._parent.stdout is not None
        return self._parent.stdout.readline().strip()


@contextmanager
def builds(graph: Path) -> Iterator[Builds]:
    with subprocess.Popen([sys.executable, "-c", _FORKING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        yield Builds(graph, parent)
        assert parent.stdin is not None
        parent.stdin.close()


@pytest.fixture
def swift(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: moments of a build, not of a disk that is slow to sync."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as name:
        yield Path(name)


@pytest.mark.slow
def test_a_build_killed_at_fifty_moments_leaves_the_old_graph_or_the_new_one_each_time(swift: Path) -> None:
    def turn(moment: int) -> None:
        for number, name in enumerate(NAMES):
            report(swift, name, TEXTS[(number + moment) % 2])

    graphs: dict[frozenset[bytes], dict[str, bytes]] = {}
    for moment in range(2):
        turn(moment)
        build(None, swift)
        graphs[everything(swift)] = content(swift / "built")
    assert len(graphs) == 2
    chance, outcomes = random.Random(2020), Counter[str]()
    with builds(swift) as kg:
        took = {}
        for number, options in enumerate(("", "--workers 2")):
            turn(number)
            took[options] = kg.run(options)
        for moment in range(MOMENTS):
            options = "--workers 2" if moment % 10 == 9 else ""
            old = everything(swift)
            turn(1 - list(graphs).index(old))
            kg.run(options, chance.uniform(0, took[options] * 1.2))
            found = everything(swift)
            assert found in graphs, f"moment {moment}"
            restore_folder(swift / "built")
            assert content(swift / "built") in graphs.values(), f"moment {moment}"
            outcomes["old" if found == old else "new"] += 1
        kg.run()
    print(f"left of {MOMENTS} killed builds: {dict(outcomes)}")
    assert outcomes.total() == MOMENTS
    assert min(outcomes["old"], outcomes["new"]) > 0
    assert is_current(swift) == (True, ())
    assert content(swift / "built") == graphs[everything(swift)]
    assert sorted(path.name for path in swift.iterdir()) == [".shards", "built", "reports", "store"]


def test_a_build_killed_between_its_store_and_its_built_folder_is_read_and_then_finished(graph: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(graph / "built", earlier)
    report(graph, "linjiang-2021", SHORT + "新增企业3家。")
    build(None, graph)
    new, quads = content(graph / "built"), everything(graph)
    (graph / "built").rename(graph / ".built.new-killed")
    earlier.rename(graph / "built")
    assert everything(graph) == quads
    with pytest.raises(KeyboardInterrupt):
        build(None, graph, progress=lambda step, done, total: (_ for _ in ()).throw(KeyboardInterrupt))
    assert everything(graph) == quads
    assert content(graph / "built") == new
    shutil.rmtree(graph / "built")
    shutil.copytree(graph / ".shards", graph / "built")  # a built folder of which the store knows nothing
    (graph / "built" / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(StoreError, match="loaded from another build"):
        Store.open(graph)
    build(None, graph)
    assert content(graph / "built") == new
