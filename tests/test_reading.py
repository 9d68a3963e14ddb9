"""Readings and passages: the grammar sees less than is stored, and every offset finds its way back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import find_facts
from kg.passages import cut
from kg.reading import read
from kg.report import Report, from_bytes

TEXTS = st.text(alphabet="温州市新增企业 　\n\t12３４.％%ＡaB“”《》（）()，。；：、！？-", max_size=200)


def test_blanks_that_a_pdf_left_inside_words_and_beside_numbers_are_not_read() -> None:
    text = "新增制造 业单项冠军 3 家，生产总值增长 8.1%；“浙江制造”标 准 17 项。" * 3
    assert read(text).clean.startswith("新增制造业单项冠军3家，生产总值增长8.1%；“浙江制造”标准17项。")


def test_a_blank_that_is_meant_is_kept() -> None:
    text = "以“不忘初心 牢记使命”主题教育为引领，" + "湖州市科技局制定科技创新加速行动年度实施方案。" * 20
    assert "不忘初心 牢记使命" in read(text).clean


def test_a_blank_between_latin_words_is_kept() -> None:
    assert read("University of Duisburg-Essen").clean == "University of Duisburg-Essen"


def test_full_width_digits_and_letters_are_folded_one_to_one() -> None:
    reading = read("增长１０．４％，Ｅ类人才")
    assert reading.clean == "增长10.4%，E类人才"
    assert reading.quote(2, 7) == "１０．４％"


@given(TEXTS)
def test_every_character_read_stands_in_the_stored_text(text: str) -> None:
    reading = read(text)
    assert len(reading.clean) == len(reading.places)
    assert list(reading.places) == sorted(set(reading.places))
    for i in range(len(reading.clean)):
        span = reading.span(i, i + 1)
        assert span.end - span.start == 1
        assert reading.clean_offset(span.start) == i
        stored = text[span.start : span.end]
        assert unicodedata.normalize("NFKC", stored) == unicodedata.normalize("NFKC", reading.clean[i])  # the same, folded


@given(TEXTS)
def test_passages_nest_and_leave_out_nothing_but_blanks_and_marks(text: str) -> None:
    passages = cut(read(text))
    clean = passages.reading.clean
    covered = set()
    for paragraph in passages.paragraphs:
        assert "\n" not in clean[paragraph.start : paragraph.end]
        covered.update(range(paragraph.start, paragraph.end))
        last = paragraph.start
        for sentence in paragraph.sentences:
            assert last <= sentence.start < sentence.end <= paragraph.end
            last = sentence.end
            assert all(sentence.start <= c.start < c.end <= sentence.end for c in sentence.clauses)
    assert all(char.isspace() for i, char in enumerate(clean) if i not in covered)


def test_sections_follow_the_headings_that_name_a_place() -> None:
    text = "温州\n\n今年，温州市新增企业3家。\n\n湖州\n\n全市新增企业5家。\n"
    passages = cut(read(text), {"温州": "温州市", "湖州": "湖州市"})
    assert [(passages.place_of(p), p.heading) for p in passages.paragraphs] == [
        ("温州市", True),
        ("温州市", False),
        ("湖州市", True),
        ("湖州市", False),
    ]


def test_a_sentence_is_not_cut_inside_brackets_or_quotation_marks() -> None:
    text = "开展“不忘初心；牢记使命”教育，新增综合体4家（创建类3家；培育类1家，累计9家）和孵化器3家。"
    (paragraph,) = cut(read(text)).paragraphs
    (sentence,) = paragraph.sentences
    assert [text[c.start : c.end] for c in sentence.clauses] == [
        "开展“不忘初心；牢记使命”教育",
        "新增综合体4家（创建类3家；培育类1家，累计9家）和孵化器3家",
    ]


def test_an_unclosed_bracket_does_not_swallow_the_report() -> None:
    text = "新增企业（含个体3家。增长5%。" + "居全省第一。" * 200
    assert len(cut(read(text)).paragraphs[0].sentences) == 202


def test_the_first_report_has_its_two_place_sections(first_report: Report) -> None:
    from kg.extract import read_passages

    passages = read_passages(first_report)
    assert len(passages.paragraphs) == 33
    assert [s.place for s in passages.sections] == [None, "温州市", "湖州市"]


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("产值完成31 26.4亿元，", "产值完成3126.4亿元，"),
        ("同比增长24. 7%，占比 48 .2%。", "同比增长24.7%，占比48.2%。"),
        ("引进团队（领军型）16 4个，", "引进团队（领军型）164个，"),
        ("20 21年1 2月，新增1 2 8家。", "2021年12月，新增128家。"),
    ],
)
def test_a_number_that_a_layout_broke_is_read_whole(printed: str, read_as: str) -> None:
    assert read(printed).clean == read_as


@pytest.mark.parametrize("text", ["武侯区35 40个", "见图1 2021年，新增", "其中2019 35家，", "电话0571 28978941，", "型号A1 2B，"])
def test_numbers_side_by_side_stay_apart(text: str) -> None:
    assert read(text).clean == text


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("新增5家(累计9家),居全省第1位;", "新增5家（累计9家），居全省第1位；"),
        ("研究与试验发展(R&D)经费:增长5%,占比2.1%;", "研究与试验发展（R&D）经费：增长5%，占比2.1%；"),
        ('"十三五"规划、"遂创通"平台, a "b" c', '“十三五”规划、“遂创通”平台，a "b" c'),
        ("合同1,206项,网址 http://kjj.example:8080/a,b(c)", "合同1,206项，网址http://kjj.example:8080/a,b(c)"),
    ],
)
def test_half_width_marks_beside_chinese_are_read_as_its_own(printed: str, read_as: str) -> None:
    assert read(printed).clean == read_as


def test_a_text_in_half_width_marks_has_the_same_facts() -> None:
    wide = (
        "沁川市科技局2016年总结\n"
        "沁川市与焦作大学共建沁川材料研究院（院长陆广衡，首席科学家田慧敏），"
        "新增企业5家（累计9家），居全省第2位；培育工程（二期）通过验收。"
    )
    found = [find_facts(from_bytes(text.encode(), "marks")) for text in (wide, wide.translate(str.maketrans("，；：（）", ",;:()")))]
    told = [[(o.indicator, o.value, o.rank) for o in facts.observations] for facts in found]
    related = [[(r.subject, r.predicate, r.object) for r in facts.relations] for facts in found]
    assert told[0] == told[1]
    assert related[0] == related[1]
    assert len(related[0]) >= 3
