"""The command line: what it prints, where, and with which exit status, above all when the input is bad."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app

ROOT = Path(__file__).resolve().parent.parent
KG = Path(sys.executable).parent / "kg"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the bundled report has been built."""
    folder = tmp_path_factory.mktemp("cli")
    subprocess.run([KG, "build"], cwd=folder, check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture
def kg(work: Path) -> Run:
    def run(*arguments: object, cwd: Path = work, **options: object) -> "subprocess.CompletedProcess[str]":
        command = [str(KG), *(str(argument) for argument in arguments)]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False, **options)  # type: ignore[call-overload]

    return run


def test_help_loads_nothing_heavy() -> None:
    heavy = ("rdflib", "networkx", "pyoxigraph", "pyvis", "numpy", "ahocorasick_rs")
    script = f"import kg.cli, sys; print(sorted(set({heavy!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_explains_itself_in_both_languages() -> None:
    commands = [command.name or (command.callback.__name__ if command.callback else "") for command in app.registered_commands]
    assert {"add", "build", "ask", "view", "trace", "profile", "measures", "serve", "check", "review", "candidates"} <= set(commands)
    for command in commands:
        done = CliRunner().invoke(app, [command, "--help"])
        assert done.exit_code == 0, command
        assert any("\u4e00" <= char <= "\u9fff" for char in done.output), command


def test_a_built_graph_is_current_until_a_report_changes(kg: Run, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    (graph / "reports").mkdir(parents=True)
    shutil.copytree(ROOT / "graph/reports/wenzhou-huzhou-2020", graph / "reports" / "r1")
    assert kg("build", cwd=tmp_path).returncode == 0
    assert kg("build", "--check", cwd=tmp_path).returncode == 0
    text = graph / "reports" / "r1" / "report.txt"
    text.write_text(text.read_text(encoding="utf-8") + "湖州市新增高新技术企业3家。\n", encoding="utf-8")
    done = kg("build", "--check", cwd=tmp_path)
    assert done.returncode == 1
    assert "reports/r1/report.txt has changed" in done.stdout


def test_facts_come_from_standard_input_too(kg: Run) -> None:
    done = kg("facts", "-", "--issued", "2022", "--area", "绍兴市", input="今年，绍兴市新增高新技术企业35家。\n")
    assert done.returncode == 0
    (observation,) = (f for line in done.stdout.splitlines() if (f := json.loads(line))["kind"] == "observation")
    assert (observation["value"], observation["unit"], observation["period_start"]) == (35, "家", "2022-01-01")


def test_an_answer_names_the_person_the_institute_and_the_sentence(kg: Run) -> None:
    done = kg("ask", "people/leads", "--format", "csv")
    assert done.returncode == 0
    assert "李校堃" in done.stdout
    assert "李校堃院士领衔的温医大病毒研究院" in done.stdout


def test_a_csv_file_opens_in_a_spreadsheet_and_what_is_printed_in_a_program(kg: Run, work: Path) -> None:
    asked = ("sparql", "SELECT ?x WHERE { VALUES ?x { '＝1+1' } }", "--format", "csv")
    assert kg(*asked).stdout == "x\n'＝1+1\n"
    assert kg(*asked, "-o", "x.csv").returncode == 0
    assert (work / "x.csv").read_bytes() == "\ufeffx\n'＝1+1\n".encode()


def test_sparql_knows_the_prefixes_and_reads_standard_input(kg: Run) -> None:
    asked = "SELECT ?name WHERE { GRAPH ?g { ?a a rie:Academician ; rdfs:label ?name } }"
    for done in (kg("sparql", asked, "--format", "tsv"), kg("sparql", "-", "--format", "tsv", input=asked)):
        assert done.returncode == 0
        assert set(done.stdout.split()) >= {"李校堃", "欧阳钟灿"}
    assert kg("sparql", "ASK { GRAPH ?g { ?a a rie:Academician } }").stdout == "true\n"
    built = kg("sparql", "CONSTRUCT { ?p rie:leads ?i } WHERE { GRAPH ?g { ?p rie:leads ?i } }")
    assert built.stdout.count(" .\n") >= 2


BAD = [
    (("facts", "none.txt"), "none.txt: there is no such file"),
    (("facts", "."), "this is a folder, not a report"),
    (("facts", "empty.txt"), "the report is empty"),
    (("facts", "binary.bin"), "this is a binary file"),
    (("facts", "gb.txt"), "is not UTF-8"),
    (("facts", "large.txt"), "is too large for one report"),
    (("facts", "plain.txt", "--issued", "soon"), "“soon” is no issue date"),
    (("facts", "plain.txt", "-o", "plain.txt/out.jsonl"), "无法写入"),
    (("facts", "folder"), "unknown key “titel”"),
    (("evaluate", "plain.txt", "plain.txt"), "plain.txt:1: is no JSON"),
    (("ask", "people/leeds"), "people/leads"),
    (("ask", "people/of-institute", "institute=没有的研究院"), "没有的研究院"),
    (("ask", "people/of-institute", "institut=温医大"), "institut"),
    (("ask", "people/of-institute", "温医大"), "请写成 名称=值"),
    (("sparql", "SELECT ?a\nWHERE { ?a ?b }"), "第 2 行"),
    (("sparql", "none.rq"), "none.rq: 读不了"),
    (("sparql", "none.rq", "--lang", "en"), "none.rq: cannot be read"),
    (("trace", "李校堃", "--format", "csv"), "这里没有 csv"),
    (("view", "everything"), "institution-talent"),
    (("ask", "people/leads", "--graph", "nowhere"), "kg build"),
]


@pytest.fixture(scope="module")
def unusable(work: Path) -> Path:
    (work / "empty.txt").write_bytes(b"")
    (work / "binary.bin").write_bytes(b"\x7fELF\x00\x00\x01")
    (work / "gb.txt").write_bytes("温州市新增企业".encode("gb18030"))
    (work / "plain.txt").write_text("温州市新增企业3家。\n", encoding="utf-8")
    with (work / "large.txt").open("wb") as handle:
        handle.truncate(100_000_000)
    (work / "folder").mkdir()
    (work / "folder/report.txt").write_text("正文。", encoding="utf-8")
    (work / "folder/report.toml").write_text('titel = "a"\n', encoding="utf-8")
    return work


@pytest.mark.parametrize(("arguments", "said"), BAD, ids=[" ".join(a)[:40] for a, _ in BAD])
def test_bad_input_gets_one_sentence_and_exit_status_2(kg: Run, unusable: Path, arguments: tuple[str, ...], said: str) -> None:
    done = kg(*arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("kg: ")
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (unusable / "out.jsonl").exists()


def test_a_parameter_is_a_value_and_never_a_piece_of_sparql(kg: Run) -> None:
    done = kg("ask", "people/of-institute", 'institute=x" } } # ')
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_half_written_store_is_refused_and_a_build_mends_it(tmp_path: Path, kg: Run) -> None:
    assert kg("build", cwd=tmp_path).returncode == 0
    (tmp_path / "graph/store/store.json").unlink()
    done = kg("ask", "people/leads", cwd=tmp_path)
    assert done.returncode == 2
    assert "kg build" in done.stderr
    assert kg("build", cwd=tmp_path).returncode == 0
    assert kg("ask", "people/leads", cwd=tmp_path).returncode == 0


def test_a_closed_pipe_is_no_error(work: Path) -> None:
    done = subprocess.run(f"{KG} export nquads | head -1", shell=True, cwd=work, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_measures_are_printed_as_a_table_and_for_programs_in_both_languages(kg: Run) -> None:
    done = kg("measures", "institution-talent", "--by", "degree", "--top", "1")
    assert done.returncode == 0
    assert "温州市" in done.stdout
    assert "1 行" in done.stdout
    assert "中介中心性为精确值" in done.stderr
    english = json.loads(kg("measures", "institution-talent", "--by", "degree", "--top", "1", "--lang", "en", "--format", "json").stdout)
    assert english["rows"][0]["node"]["label"] == "Wenzhou"
    assert english["rows"][0]["degree"] >= 15
    everything = kg("measures", "all", "--top", "0", "--format", "csv").stdout.splitlines()
    assert len(everything) > 150
    assert everything[0] == "node,node_iri,type,degree,neighbours,ties,betweenness,pagerank,community,component"


def test_institutes_that_share_an_academician_are_listed_with_the_sentence(kg: Run) -> None:
    done = kg("measures", "all", "--of", "ResearchInstitute", "--through", "Person", "--format", "json")
    pair = json.loads(done.stdout)["rows"][0]
    assert {pair["first"]["label"], pair["second"]["label"]} == {"温州医科大学病毒研究院", "温州医科大学精准医学研究院"}
    assert (pair["weight"], pair["shared"]) == (1, "李校堃")
    assert "由李校堃院士领衔的温医大病毒研究院" in pair["quotes"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such-view",), "没有这个视图"),
        (("all", "--by", "height"), "没有这个度量"),
        (("all", "--of", "Institute"), "给出"),
        (("all", "--of", "动物", "--through", "Person"), "没有这一类"),
    ],
)
def test_what_cannot_be_measured_is_one_line_with_what_to_do(kg: Run, arguments: tuple[str, ...], said: str) -> None:
    done = kg("measures", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_view_is_written_in_the_format_of_its_ending_or_of_the_option(kg: Run, work: Path) -> None:
    done = kg("view", "institution-talent", "-o", "talent.csv")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(work / "talent.nodes.csv"), str(work / "talent.edges.csv")]
    assert "由李校堃院士领衔的温医大病毒研究院" in (work / "talent.edges.csv").read_text(encoding="utf-8-sig")
    done = kg("view", "institution-talent", "-o", "talent.out", "--format", "gexf")
    assert done.stdout.splitlines() == [str(work / "talent.out")]
    assert (work / "talent.out").read_text(encoding="utf-8").startswith('<?xml version="1.0" encoding="UTF-8"?>\n<gexf ')
    done = kg("view", "institution-talent", "-o", "talent.gexf", "--format", "html")
    assert (work / "talent.gexf").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_view_that_a_format_cannot_hold_is_refused_in_a_sentence(kg: Run, work: Path) -> None:
    done = kg("view", "all", "-o", "all.mmd", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "edges are too many for Mermaid (at most 60 and 200) - narrow the view" in done.stderr
    done = kg("view", "all", "-o", "all.xls")
    assert (done.returncode, done.stdout) == (2, "")
    assert "从文件名的结尾看不出格式" in done.stderr
    assert not [path for path in work.iterdir() if path.name.startswith("all.")]
