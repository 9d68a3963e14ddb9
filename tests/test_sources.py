"""Source files: what is read out of each kind, where it says the words stand, and what it refuses."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReportError
from kg.facts import Span
from kg.sources import MEDIA_TYPES, Source, find_tables, media_type_of, position_of, read_source, source_from
from kg.sources.apart import read_apart
from kg.sources.docx import read_docx
from kg.sources.html import browser_path, read_html, words_of
from kg.sources.limits import LARGEST_TEXT
from kg.sources.lines import glue
from kg.sources.markdown import read_markdown
from kg.sources.pdf import read_pdf
from kg.sources.plain import decode
from kg.sources.source import Composition
from kg.sources.tables import Cell, cell_text, spread
from kg.sources.writing import write_rows
from tests.documents import LINE, docx, part_of, pdf, with_part, wrapped

FIRST = "为提升创新能级，云川市深化八大专项攻坚，加快建设高能级科创平台，集聚科技型中小企业，加速引育高层次人才。"
SECOND = "2019年，全市高新技术产业投资增长40.1%，增速居全省第一；云川光电研究院签约落地，引进高层次人才26人，建成云川实验室。"
THIRD = "云川市出台《云川市科技新政二十条》，设立首期2亿元的天使基金，支持初创企业。"


def places(source: Source) -> list[tuple[str, str]]:
    return [(position.place, source.text[position.start : position.end]) for position in source.positions]


def lawful(source: Source) -> bool:
    """Positions are in order, do not overlap, and hold every printed character that is no bar of a table."""
    covered = set()
    last = 0
    for position in source.positions:
        assert last <= position.start < position.end <= len(source.text)
        last = position.end
        covered |= set(range(position.start, position.end))
    bare = {i for i, char in enumerate(source.text) if not char.isspace() and char != "|"}
    return bare <= covered


def read_or_refused(read: Callable[[bytes, object], Source], data: bytes) -> Source | None:
    """Return what is read, or ``None`` after a refusal in one sentence; anything else that is raised fails the test."""
    try:
        return read(data, "report")
    except ReportError as error:
        sentence = str(error)
    assert re.fullmatch(r"[^\n]+: [^\n]+ - [^\n]+", sentence)
    return None


# --- plain text and its encodings


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "gb2312", "big5"])
def test_an_older_chinese_encoding_is_detected_and_said(encoding: str) -> None:
    text = "臺北市政府推動科技創新，設立實驗室，發展產業，服務企業。" * 4 if encoding == "big5" else (FIRST + SECOND) * 2
    source = source_from(text.encode(encoding), "report.txt")
    assert source.text == text
    assert len(source.notes) == 1
    assert ("BIG5" if encoding == "big5" else "GB18030") in source.notes[0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_unicode_with_a_mark_is_read(encoding: str) -> None:
    assert source_from(FIRST.encode(encoding), "report.txt").text.removeprefix("\ufeff") == FIRST


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (FIRST[:12].encode("gb18030"), "cannot be told for sure"),
        ("これは日本語の文章です。地域の革新政策について報告する。".encode("shift_jis") * 5, "is not UTF-8"),
        ("이것은 한국어 문장입니다. 지역 혁신 정책에 관한 보고서입니다.".encode("euc_kr") * 5, "is not UTF-8"),
        ("Création d’un réseau de recherche à l’université. ".encode("cp1252") * 9, "is not UTF-8"),
        (bytes(range(128, 256)) * 8, "is not UTF-8"),
        (b"\xff\xfe\x00", "is not UTF-16"),
        (b"\x7fELF\x00\x01", "binary file"),
        ("\ufeff \n　".encode(), "is empty"),
    ],
)
def test_a_doubtful_encoding_is_refused_rather_than_guessed(data: bytes, said: str) -> None:
    with pytest.raises(ReportError, match=said):
        decode(data, "report.txt")


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_decoder_fail_otherwise_than_by_a_sentence(data: bytes) -> None:
    found = read_or_refused(lambda given, where: Source(decode(given, where)[0], "text/plain"), data)
    assert found is None or found.text.strip()


# --- Markdown

MARKDOWN = """# 云川市科技报告

为提升**创新**能级，[云川市](https://example.org)深化八大
专项攻坚，open
science.<b>略</b>

- 一项
- 二项

<div>隐藏</div>

| 指标 | 2019年 |
|:---|---:|
| 增加值（亿元） | 104.5 |
"""


def test_markdown_loses_its_marks_and_keeps_its_lines() -> None:
    source = read_markdown(MARKDOWN.encode(), "r.md")
    assert source.text.split("\n")[:4] == ["云川市科技报告", "为提升创新能级，云川市深化八大专项攻坚，open science.略", "一项", "二项"]
    assert [place for place, _ in places(source)] == [
        "line=0,1",
        "line=2,5",
        "line=6,7",
        "line=7,8",
        *["line=11,12"] * 2,
        *["line=13,14"] * 2,
    ]
    assert "| 增加值（亿元） | 104.5 |" in source.text
    assert source.notes == ("left out: raw HTML (3 pieces)",)
    assert lawful(source)


def test_each_piece_of_markdown_stands_on_the_lines_its_position_names() -> None:
    source = read_markdown(MARKDOWN.encode(), "r.md")
    lines = MARKDOWN.split("\n")
    bare = re.compile(r"</?b>|\(https?://[^)]*\)|[\s*|#\[\]\-]")
    assert len(source.positions) >= 8
    for position in source.positions:
        assert position.lines is not None
        original = "".join(lines[position.lines[0] - 1 : position.lines[1]])
        assert bare.sub("", source.text[position.start : position.end]) in bare.sub("", original)


# --- HTML

PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>云川</title><style>p{{}}</style>
<script>document.write("假的")</script></head><body onload="alert('坏')">
<nav><a href="/">首页</a></nav><ul><li><a href="a">新闻一</a></li><li><a href="b">新闻二</a></li><li><a href="c">新闻三</a></li></ul>
<h1>云川市科技<br>工作报告</h1><!-- 注释 --><div hidden>看不见</div><div style="display: none">也看不见</div>
<div>{FIRST[:20]}
{FIRST[20:]}<p>第二段&amp;<b>粗</b>体&#x6e29;<script>x</script></p>尾巴</div>
<table><caption>表1 指标</caption><tr><th rowspan="2">指标</th><th colspan="2">2019年</th></tr><tr><th>数值</th><th>增速（%）</th></tr>
<tr><td>增加值（亿元）</td><td>104.5</td><td>10.4</td></tr></table>
<table><tr><td><p>版面一</p></td><td><p>{SECOND * 3}</p></td></tr></table>
<footer>版权所有</footer></body></html>"""


def test_a_page_gives_its_main_words_and_nothing_that_runs_or_navigates() -> None:
    source = read_html(PAGE.encode(), "r.html")
    lines = [line for line in source.text.split("\n") if line]
    assert lines[:6] == ["云川市科技", "工作报告", FIRST, "第二段&粗体温", "尾巴", "表1 指标"]
    for unseen in ("假的", "坏", "首页", "新闻", "看不见", "注释", "版权"):
        assert unseen not in source.text
    assert source.notes == ("left out: lists of links (1)",)
    assert lawful(source)


def test_an_article_is_not_lost_among_links_nor_in_a_form_around_the_page() -> None:
    links = "".join(f'<li><a href="{n}">第{n}条新闻的标题比较长一些</a><span>2021-01-{n:02}</span></li>' for n in range(10, 30))
    page = f'<body><form id="form1"><div><ul>{links}</ul><div><p>{FIRST}</p><p>另见<a href="x">附件</a></p></div></div></form></body>'
    assert read_html(page.encode(), "r.html").text == f"{FIRST}\n另见附件\n"


def test_merged_cells_are_repeated_and_a_layout_table_is_read_as_paragraphs() -> None:
    source = read_html(PAGE.encode(), "r.html")
    assert "| 指标 | 2019年 | 2019年 |\n| 指标 | 数值 | 增速（%） |\n| 增加值（亿元） | 104.5 | 10.4 |\n" in source.text
    assert f"版面一\n{SECOND * 3}\n" in source.text
    assert len(find_tables(source.text)) == 1


def test_each_piece_of_a_page_stands_in_the_element_its_position_names() -> None:
    from lxml import html

    source = read_html(PAGE.encode(), "r.html")
    tree = html.document_fromstring(PAGE.encode(), parser=html.HTMLParser(encoding="utf-8")).getroottree()
    assert len(source.positions) > 10
    for place, words in places(source):
        (element,) = tree.xpath(place.replace("/tbody", ""))
        assert re.sub(r"\s", "", words) in re.sub(r"\s", "", words_of(element)) + re.sub(r"\s", "", element.text_content())


@pytest.mark.parametrize(("declared", "actual"), [("gb2312", "gb18030"), ("utf-8", "gb18030"), ("big5", "big5"), ("nonsense", "utf-8")])
def test_a_page_is_decoded_as_it_declares_unless_that_is_wrong(declared: str, actual: str) -> None:
    text = "臺北市政府推動科技創新，設立實驗室，發展產業，服務企業。" * 4 if actual == "big5" else (FIRST + SECOND) * 3
    source = read_html(f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'.encode(actual), "r.html")
    assert source.text == text + "\n"


HOSTILE = {
    "deep": b"<div>" * 200_000 + FIRST.encode(),
    "unclosed": b"<p><b>" * 100_000 + FIRST.encode(),
    "entities": b"<p>" + b"&amp;&#x4e91;&bogus;" * 300_000,
    "cells": b'<table><tr><td colspan="999999" rowspan="999999">' + FIRST.encode() + b"<td>1</tr><tr><td>2<td>3</table>",
    "doctype": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;' + FIRST.encode(),
    "outside": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><link rel=stylesheet href="http://127.0.0.1:9/"><p>' + FIRST.encode(),
    "ten megabytes": b"<p>" + (FIRST.encode() + b"</p><p>") * 65_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_or_refused_in_bounded_time(name: str) -> None:
    started = time.process_time()
    source = read_or_refused(read_html, HOSTILE[name])
    if source is not None:
        assert lawful(source)
        assert len(source.text) < len(HOSTILE[name]) + 100_000
    assert time.process_time() - started < 10


def test_a_page_that_is_all_script_is_refused() -> None:
    with pytest.raises(ReportError, match="no text in this page"):
        read_html(b"<html><body><script>render('everything')</script></body></html>", "r.html")


def test_a_browser_puts_rows_into_a_body() -> None:
    assert browser_path("/html/body/table/tr[2]/td/table[3]/tr/td[1]") == "/html/body/table/tbody/tr[2]/td/table[3]/tbody/tr/td[1]"
    assert browser_path("/html/body/table/thead/tr") == "/html/body/table/thead/tr"


# --- DOCX


def _report(document: Any) -> None:
    document.add_heading("云川市科技工作报告", 1)
    document.add_paragraph(FIRST)
    document.add_paragraph("")
    table = document.add_table(rows=3, cols=3)
    for y, row in enumerate([["指标", "2019年", "2019年"], ["指标", "数值", "增速（%）"], ["增加值（亿元）", "104.5", "10.4"]]):
        for x, words in enumerate(row):
            table.cell(y, x).text = words
    table.cell(0, 1).text = ""
    table.cell(0, 1).merge(table.cell(0, 2)).text = "2019年"
    table.cell(1, 0).text = ""
    table.cell(0, 0).merge(table.cell(1, 0)).text = "指标"
    layout = document.add_table(rows=1, cols=2)
    layout.cell(0, 0).text = "主持人"
    layout.cell(0, 1).text = SECOND
    document.add_paragraph(THIRD)
    document.sections[0].header.paragraphs[0].text = "页眉不读"


def test_a_document_gives_its_paragraphs_and_tables_in_order() -> None:
    source = read_docx(docx(_report), "r.docx")
    lines = [line for line in source.text.split("\n") if line]
    assert lines[:2] == ["云川市科技工作报告", FIRST]
    assert lines[2:5] == ["| 指标 | 2019年 | 2019年 |", "| 指标 | 数值 | 增速（%） |", "| 增加值（亿元） | 104.5 | 10.4 |"]
    assert lines[5:] == ["主持人", SECOND, THIRD]
    assert lawful(source)


def test_each_piece_of_a_document_stands_in_the_element_its_position_names() -> None:
    from lxml import etree

    data = docx(_report)
    source = read_docx(data, "r.docx")
    root = etree.fromstring(part_of(data, "word/document.xml"))
    assert len(source.positions) >= 10
    for place, words in places(source):
        (element,) = root.getroottree().xpath(place, namespaces={"w": root.nsmap["w"]})
        assert words in "".join(element.itertext())


def test_what_is_deleted_hidden_or_a_note_is_left_out_and_said() -> None:
    data = docx(lambda document: document.add_paragraph(THIRD))
    xml = part_of(data, "word/document.xml").decode()
    extra = (
        "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>留下</w:t></w:r>"
        "<w:del w:id='1' w:author='x'><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='x'><w:r><w:t>的字</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗藏</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    )
    source = read_docx(with_part(data, "word/document.xml", xml.replace("<w:sectPr", extra + "<w:sectPr", 1).encode()), "r.docx")
    assert source.text == f"{THIRD}\n留下的字\n"
    assert source.notes == (
        "left out: automatic numbers of paragraphs (1)",
        "left out: deletions that are tracked (1)",
        "left out: footnotes (1)",
        "left out: hidden passages (1)",
    )


def _bomb() -> bytes:
    return with_part(docx(), "word/media/x.bin", b"\0" * 40_000_000)


def _entities() -> bytes:
    data = docx(lambda document: document.add_paragraph(FIRST))
    xml = part_of(data, "word/document.xml").decode()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    declared = xml.replace("?>", f'?><!DOCTYPE w [<!ENTITY l0 "哈哈">{laughs}]>', 1).replace(FIRST, FIRST + "&l8;")
    return with_part(data, "word/document.xml", declared.encode())


BAD_DOCX = {
    "bomb": (_bomb, "would unpack to"),
    "damaged": (lambda: docx(_report)[:3000], "damaged"),
    "no archive": (lambda: b"hello", "no DOCX document"),
    "other archive": (lambda: with_part(docx(), "[Content_Types].xml", b"<a/>"), "damaged"),
    "broken xml": (lambda: with_part(docx(), "word/document.xml", b"<w:document"), "damaged"),
    "deep xml": (lambda: with_part(docx(), "word/document.xml", b"<a>" * 5000 + b"</a>" * 5000), "damaged"),
    "empty": (lambda: docx(), "no text in this document"),
    "encrypted": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "old": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "WordDocument".encode("utf-16-le"), "old format"),
}


@pytest.mark.parametrize("name", BAD_DOCX)
def test_an_unusable_document_is_refused_in_one_sentence(name: str) -> None:
    make, said = BAD_DOCX[name]
    with pytest.raises(ReportError, match=said) as caught:
        read_docx(make(), "r.docx")
    assert "\n" not in str(caught.value)


def test_entities_of_a_document_are_not_expanded() -> None:
    try:
        source = read_docx(_entities(), "r.docx")
    except ReportError:
        return
    assert "哈哈" not in source.text
    assert len(source.text) < 1000


# --- PDF


def test_lines_that_layout_has_cut_become_paragraphs_again_also_across_pages() -> None:
    long = (FIRST + SECOND) * 8
    source = read_pdf(pdf([[FIRST, SECOND, THIRD], [long, THIRD]]), "r.pdf")
    assert source.text.split("\n") == [FIRST, SECOND, THIRD, long, THIRD, ""]
    assert [place for place, _ in places(source)] == ["page=1", "page=2"]
    assert lawful(source)


def test_a_paragraph_that_runs_over_the_page_is_one_line_with_a_position_on_each_page() -> None:
    long = (FIRST + SECOND) * 6
    lines = wrapped(long, LINE)
    source = read_pdf(pdf([lines[:8], [*lines[8:], *wrapped(THIRD, LINE)]], as_lines=True), "r.pdf")
    assert source.text == f"{long}\n{THIRD}\n"
    assert [position.page for position in source.positions] == [1, 2]
    assert source.positions[0].end == source.positions[1].start == len("".join(lines[:8])) - 2
    across = position_of(source.positions, Span(source.positions[0].end - 3, source.positions[0].end + 3))
    assert across is not None
    assert across.page == 1


def test_running_heads_and_page_numbers_are_left_out_and_said() -> None:
    pages = [[f"第{n}页的话。" + FIRST, SECOND] for n in "一二三四"]
    source = read_pdf(pdf(pages, head="云川市科技创新工作报告", foot=True), "r.pdf")
    assert "工作报告" not in source.text
    assert "- 1 -" not in source.text
    assert source.text == "".join(f"第{n}页的话。{FIRST}\n{SECOND}\n" for n in "一二三四")
    assert source.notes == ("left out: running heads, running feet and page numbers (8 lines)",)


def test_each_page_holds_the_words_that_are_said_to_stand_on_it() -> None:
    pages = [[f"{n}号平台投入运行。", FIRST] for n in ("甲", "乙", "丙")]
    source = read_pdf(pdf(pages), "r.pdf")
    for position, paragraphs in zip(source.positions, pages, strict=True):
        assert source.text[position.start : position.end].split("\n") == paragraphs
    at = source.text.index("丙号平台")
    found = position_of(source.positions, Span(at, at + 4))
    assert found is not None
    assert found.page == 3


@pytest.mark.parametrize("by_rows", [False, True])
def test_two_columns_are_read_one_after_the_other_and_said(by_rows: bool) -> None:
    paragraphs = [(FIRST + SECOND) * 2, THIRD * 4]
    source = read_pdf(pdf([paragraphs, [FIRST * 3, SECOND * 2]], columns=2, by_rows=by_rows), "r.pdf")
    assert source.text == "".join(f"{paragraph}\n" for paragraph in [*paragraphs, FIRST * 3, SECOND * 2])
    assert source.notes == ("pages 1, 2 are set in two columns, read one after the other; look the order over",)
    assert lawful(source)


def test_a_table_of_a_pdf_is_no_pair_of_columns_and_its_rows_stay_apart() -> None:
    rows = [
        f"{name}　　　　　　　　　　{n}.5　　　　{n}0.2"
        for n, name in enumerate(("增加值", "投资额", "研发费", "企业数", "专利数", "合同数"), 1)
    ]
    source = read_pdf(pdf([[FIRST], rows], as_lines=True), "r.pdf")
    assert len(source.text.strip().split("\n")) == 7
    assert any("rows of a table: 6" in note for note in source.notes)


def _picture() -> bytes:
    return pdf([[], [], []])


BAD_PDF = {
    "no text": (_picture, "no text layer .* OCR"),
    "encrypted": (lambda: pdf([[FIRST]], password="geheim"), "encrypted"),
    "cut": (lambda: pdf([[FIRST] * 20])[:900], "damaged"),
    "junk": (lambda: b"%PDF-1.7\n" + b"x" * 5000, "damaged"),
    "nothing": (lambda: b"", "damaged"),
}


@pytest.mark.parametrize("name", BAD_PDF)
def test_an_unusable_pdf_is_refused_in_one_sentence(name: str) -> None:
    make, said = BAD_PDF[name]
    with pytest.raises(ReportError, match=said) as caught:
        read_pdf(make(), "r.pdf")
    assert "\n" not in str(caught.value)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_damage_to_a_pdf_or_document_gives_anything_but_text_or_a_sentence(data: st.DataObject) -> None:
    whole, read = data.draw(st.sampled_from([(_PDF, read_pdf), (_DOCX, read_docx)]))
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    source = read_or_refused(read, bytes(broken))
    assert source is None or lawful(source)


_PDF, _DOCX = pdf([[FIRST, SECOND]]), docx(_report)


# --- one door for all kinds

KINDS = {
    ".txt": (FIRST + "\n").encode(),
    ".md": f"# 标题\n\n{FIRST}\n".encode(),
    ".html": f"<h1>标题</h1><p>{FIRST}</p>".encode(),
    ".docx": docx(lambda document: document.add_paragraph(FIRST)),
    ".pdf": pdf([[FIRST]]),
}


@pytest.mark.parametrize("suffix", KINDS)
def test_every_kind_of_file_gives_the_same_sentence_and_twice_the_same(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"报告{suffix.upper()}"
    file.write_bytes(KINDS[suffix])
    source = read_source(file)
    assert FIRST in source.text.split("\n")
    assert source.media_type == MEDIA_TYPES[suffix]
    assert source == read_source(file)
    assert bool(source.positions) is (suffix != ".txt")
    if source.positions:
        assert lawful(source)


def test_a_file_without_an_ending_is_known_by_its_first_bytes() -> None:
    assert media_type_of("upload", KINDS[".pdf"][:4096]) == MEDIA_TYPES[".pdf"]
    assert media_type_of("upload", KINDS[".docx"][:4096]) == MEDIA_TYPES[".docx"]
    assert media_type_of("stdin", FIRST.encode()) == "text/plain"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.doc", b"x", r"\.doc cannot be read .*\.docx"),
        ("a.ofd", b"x", r"\.ofd cannot be read .*\.pdf"),
        ("a.pdf", b"", "is empty"),
        ("a.html", b"x" * (LARGEST_TEXT + 1), "20 MB is too large"),
        ("a.pdf", b"%PDF-", "damaged"),
    ],
)
def test_other_kinds_and_sizes_are_refused_with_what_to_do(name: str, data: bytes, said: str) -> None:
    with pytest.raises(ReportError, match=said) as caught:
        source_from(data, name)
    assert str(caught.value).startswith(f"{name}: ")


def test_a_reader_that_hangs_is_stopped() -> None:
    attributes = b"<p " + b" ".join(b"a%d=x" % n for n in range(150_000)) + b">" + FIRST.encode()
    started = time.monotonic()
    with pytest.raises(ReportError, match="takes longer than 1 seconds"):
        read_apart(attributes, MEDIA_TYPES[".html"], "r.html", seconds=1)
    assert time.monotonic() - started < 30


# --- laws of tables and lines

WORDS = st.text(st.sampled_from("温州企业数2019.5%（亿元）| \n-:｜A"), max_size=8)


@settings(max_examples=100)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_a_table_that_is_written_is_read_back(words: list[list[str]]) -> None:
    rows = [[cell_text(part) for part in row] for row in words]
    width = max(len(row) for row in rows)
    written = Composition()
    write_rows(written, [[Cell(part, "x") for part in row] for row in rows], lambda part, at: written.say(part, element=at))
    expected = [[*row, *[""] * (width - len(row))] for row in rows]
    expected = [row for row in expected if re.sub(r"[\s|:\-]", "", "".join(row))]
    found = [[[written.text[c.start : c.end] for c in row] for row in table.rows] for table in find_tables(written.text)]
    assert found == ([expected] if len(expected) > 1 else [])


def test_two_tables_in_a_row_stay_two() -> None:
    written = Composition()
    for _ in range(2):
        write_rows(
            written, [[Cell("指标", "x"), Cell("数", "x")], [Cell("企业", "x"), Cell("3", "x")]], lambda w, at: written.say(w, element=at)
        )
    assert len(find_tables(written.text)) == 2


def test_a_cell_cannot_claim_more_room_than_there_is() -> None:
    grid = spread([[Cell("甲", 1, columns=10**6, rows=10**6)], [Cell("乙", 2)]])
    assert [len(row) for row in grid] == [200, 200]


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [("科技创", "新", ""), ("增长2", "0.5%", ""), ("增长40", ".1%", ""), ("open", "science", " "), ("（R&D", "经费", ""), ("", "新", "")],
)
def test_chinese_lines_join_without_a_blank_and_latin_words_with_one(before: str, after: str, between: str) -> None:
    assert glue(before, after) == between
