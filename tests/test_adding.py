"""Adding a report: what the folder holds, that it is whole or not there, and that the graph leads back to the original."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.adding import add_report, first_line
from kg.build import build
from kg.check import check
from kg.errors import ReportError
from kg.extract import find_facts
from kg.facts import Span
from kg.namespaces import DCTERMS, OA, RDF
from kg.report import Report, read_report
from kg.sources import MEDIA_TYPES, read_source
from kg.store import Store
from tests.documents import docx, pdf

KG = Path(sys.executable).parent / "kg"
PAGES = [
    ["云川市科技创新工作报告", "2021年，云川市高新技术产业投资增长12.5%，增速居全省第2位。"],
    ["由王某某院士领衔的云川大学病毒研究院于2021年4月正式挂牌。", "云川市新增高新技术企业35家。"],
]
HTML = "<h1>云川市统计公报</h1><p>2021年，云川市新增高新技术企业35家。</p>"


@pytest.fixture
def original(tmp_path: Path) -> Path:
    file = tmp_path / "年报.pdf"
    file.write_bytes(pdf(PAGES, foot=True))
    return file


@pytest.fixture
def added(original: Path, tmp_path: Path) -> Report:
    folder, _ = add_report(original, tmp_path / "graph" / "reports", "yunchuan-2021", issued="2021-12", area="云川市")
    return read_report(folder)


def test_the_folder_holds_text_metadata_original_and_map(original: Path, added: Report, tmp_path: Path) -> None:
    folder = tmp_path / "graph/reports/yunchuan-2021"
    assert sorted(file.name for file in folder.iterdir()) == ["positions.json", "report.toml", "report.txt", "source.pdf"]
    assert (folder / "source.pdf").read_bytes() == original.read_bytes()
    assert hashlib.sha256((folder / "report.txt").read_bytes()).hexdigest() == added.sha256
    assert (added.title, added.area, added.media_type) == ("云川市科技创新工作报告", "云川市", MEDIA_TYPES[".pdf"])
    assert added.issued is not None
    assert added.issued.date == "2021-12"
    assert added.notes == ("left out: running heads, running feet and page numbers (2 lines)",)
    assert added.text == read_report(original).text
    assert added.positions == read_report(original).positions
    assert added.sha256 == read_report(original).sha256


def test_a_quote_leads_back_to_its_page(added: Report) -> None:
    for number, paragraphs in enumerate(PAGES, 1):
        for paragraph in paragraphs:
            start = added.text.index(paragraph)
            position = added.position_of(Span(start, start + len(paragraph)))
            assert position is not None
            assert position.page == number
    assert added.position_of(Span(len(added.text) - 1, len(added.text))) is None  # the last line end is on no page


def test_every_fact_is_found_where_it_is_quoted_whether_read_alone_or_added(original: Path, added: Report) -> None:
    facts = find_facts(added)
    assert len(facts.observations) >= 2
    for observation in facts.observations:
        assert observation.printed in added.text[observation.span.start : observation.span.end]
    assert find_facts(read_report(original, issued="2021-12", area="云川市")) == facts


def test_the_graph_says_on_which_page_a_passage_begins(added: Report, tmp_path: Path) -> None:
    build(None, tmp_path / "graph")
    store = Store.in_memory(sorted((tmp_path / "graph/built").glob("*.nq")))
    rows = store.select(
        f"SELECT ?quote ?page ?standard WHERE {{ GRAPH ?g {{ ?v <{OA}hasSelector> ?q, ?f . ?q <{OA}exact> ?quote . "
        f"?f a <{OA}FragmentSelector> ; <{RDF}value> ?page ; <{DCTERMS}conformsTo> ?standard }} }}"
    )
    found = {(str(row["quote"]), str(row["page"])) for row in rows}
    assert {page for _, page in found} == {"page=1", "page=2"}
    for quote, page in found:
        assert any(quote in paragraph for paragraph in PAGES[int(page[-1]) - 1]), quote
    assert not [finding for finding in check(tmp_path / "graph").findings if finding.severity == "violation"]


def test_a_page_of_html_is_pointed_at_by_xpath(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HTML, encoding="utf-8")
    add_report(tmp_path / "a.html", tmp_path / "graph/reports", "a", issued="2021")
    build(None, tmp_path / "graph")
    quads = (tmp_path / "graph/built/report-a.nq").read_text(encoding="utf-8")
    assert "oa#XPathSelector" in quads
    assert '"/html/body/p"' in quads


def test_a_plain_text_stays_its_own_original(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("云川市新增企业3家。\r\n", encoding="utf-8", newline="")
    folder, _ = add_report(tmp_path / "a.txt", tmp_path / "reports", "a", title="云川“快报”\\")
    assert sorted(file.name for file in folder.iterdir()) == ["report.toml", "report.txt", "source.txt"]
    assert (folder / "report.txt").read_bytes() == (tmp_path / "a.txt").read_bytes()
    report = read_report(folder)
    assert (report.title, report.title_basis, report.issued, report.positions) == ("云川“快报”\\", None, None, ())


def test_a_gb18030_text_is_stored_as_utf8_and_says_so(tmp_path: Path) -> None:
    text = "云川市出台科技创新的政策，并在全市开展工作，新增企业三家。\n" * 5
    (tmp_path / "a.txt").write_bytes(text.encode("gb18030"))
    folder, source = add_report(tmp_path / "a.txt", tmp_path / "reports", "a")
    assert (folder / "report.txt").read_text(encoding="utf-8") == text
    assert "GB18030" in source.notes[0]
    assert read_report(folder).sha256 == read_report(tmp_path / "a.txt").sha256


def test_a_report_is_never_overwritten(original: Path, added: Report, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="there is a report of this id"):
        add_report(original, tmp_path / "graph/reports", "yunchuan-2021")


@pytest.mark.parametrize("wrong", ["", "Ａ", "../x", "a/b", "温州", "-a", "a" * 65, "a b", ".hidden"])
def test_an_id_is_small_letters_digits_and_hyphens(original: Path, tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ReportError, match="is no id of a report"):
        add_report(original, tmp_path / "reports", wrong)
    assert not (tmp_path / "reports").exists()


def test_nothing_half_written_stays_after_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([[], []]))
    with pytest.raises(ReportError, match="no text layer"):
        add_report(tmp_path / "a.pdf", tmp_path / "reports", "a")
    assert not (tmp_path / "reports").exists()
    file = tmp_path / "b.txt"
    file.write_text("云川市新增企业3家。", encoding="utf-8")
    with pytest.raises(ReportError, match="is no issue date"):
        add_report(file, tmp_path / "reports", "b", issued="soon")
    assert not (tmp_path / "reports").exists()


BROKEN_MAPS = [
    ("text_sha256", "0" * 64, "belongs to another text"),
    ("positions", [[0, 5, "page", 1], [3, 9, "page", 1]], "overlap"),
    ("positions", [[0, 10**6, "page", 1]], "outside of the text"),
    ("positions", [[0, 5, "page", 0]], "cannot be read"),
    ("positions", [[0, 5, "chapter", 1]], "cannot be read"),
    ("positions", [[5, 5, "page", 1]], "cannot be read"),
    ("positions", "all", "cannot be read"),
    ("more", 1, "cannot be read"),
]


@pytest.mark.parametrize(("key", "value", "said"), BROKEN_MAPS)
def test_a_map_that_does_not_fit_the_text_is_refused(added: Report, tmp_path: Path, key: str, value: object, said: str) -> None:
    folder = tmp_path / "graph/reports/yunchuan-2021"
    content = json.loads((folder / "positions.json").read_text(encoding="utf-8"))
    (folder / "positions.json").write_text(json.dumps(content | {key: value}), encoding="utf-8")
    with pytest.raises(ReportError, match=said):
        read_report(folder)


def test_a_changed_map_makes_the_graph_out_of_date(added: Report, tmp_path: Path) -> None:
    manifest = build(None, tmp_path / "graph")
    assert "reports/yunchuan-2021/positions.json" in manifest.inputs


def test_what_a_killed_command_left_behind_is_no_report_and_is_swept_away(original: Path, tmp_path: Path) -> None:
    reports = tmp_path / "graph/reports"
    left = reports / ".yunchuan-2021.new-abc"
    left.mkdir(parents=True)
    (left / "report.txt").write_text("半", encoding="utf-8")
    other, _ = add_report(original, reports, "other", issued="2021")
    assert build(None, tmp_path / "graph").counts["reports"] == 1
    add_report(original, reports, "yunchuan-2021", issued="2021")
    assert sorted(folder.name for folder in reports.iterdir()) == [other.name, "yunchuan-2021"]


def test_the_title_is_the_first_line_that_is_no_row() -> None:
    assert first_line("\ufeff\n| 指标 | 数 |\n　云川市　\n正文") == "云川市"
    assert len(first_line("很" * 500)) == 80


def test_the_command_adds_notes_what_was_left_out_and_exits_0_then_2(original: Path, tmp_path: Path) -> None:
    def kg(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([KG, *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)

    done = kg("add", str(original), "--id", "r1", "--issued", "2021", "--area", "云川市")
    assert done.returncode == 0, done.stderr
    assert "graph/reports/r1: " in done.stdout
    assert "字，0 张表" in done.stdout
    assert "kg: 注意: 略去页眉、页脚和页码" in done.stderr
    again = kg("add", str(original), "--id", "r1")
    assert again.returncode == 2
    assert "Traceback" not in again.stderr
    facts = kg("facts", "graph/reports/r1", "--lang", "en")
    assert "kg: note: left out: running heads" in facts.stderr
    assert facts.stdout == kg("facts", str(original), "--issued", "2021", "--area", "云川市").stdout
    assert json.loads(facts.stdout.splitlines()[0])["quote"]


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(lambda document: document.add_paragraph(PAGES[0][1])))
    for name in ("one", "two"):
        add_report(tmp_path / "a.docx", tmp_path / name, "a", issued="2021")
    one, two = ({f.name: f.read_bytes() for f in (tmp_path / name / "a").iterdir()} for name in ("one", "two"))
    assert one == two
    shutil.rmtree(tmp_path / "two")
    assert read_source(tmp_path / "one/a/source.docx").text == one["report.txt"].decode()
