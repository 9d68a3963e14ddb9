"""Entities gather the mentions of one thing: aliases, places in the text, implied provinces."""

import pytest

from kg.extract import read_passages
from kg.extract.entities import find_entities
from kg.facts import Entity
from kg.mentions.names import find_mentions
from kg.report import from_bytes
from kg.rules import Rule, rules


def entities(text: str, area: str | None = None) -> dict[str, Entity]:
    report = from_bytes(text.encode(), "invented", issued="2021", area=area)
    passages = read_passages(report)
    found = find_entities(passages, find_mentions(passages, report), report)
    assert len({entity.name for entity in found}) == len(found)
    for entity in found:
        for span in entity.mentions:
            assert 0 <= span.start < span.end <= len(text)
    return {entity.name: entity for entity in found}


def test_one_thing_under_two_names_is_one_entity() -> None:
    found = entities("中国科学院大学温州研究院提质建设。国科大温州研究院引进人才26人。", "温州市")
    entity = found["中国科学院大学温州研究院"]
    assert entity.type == "Institute"
    assert entity.aliases == ("国科大温州研究院",)
    assert len(entity.mentions) == 2


def test_an_institute_that_drops_its_city_later_is_the_same_entity() -> None:
    found = entities("泉州湖畔实验室揭牌。湖畔实验室总投资12亿元。", "泉州市")
    assert found["泉州湖畔实验室"].aliases == ("湖畔实验室",)
    assert "湖畔实验室" not in found


def test_a_quote_of_an_entity_is_its_printed_form_in_the_stored_text() -> None:
    text = "台州市 科技 局举办 培训，温 岭市参加，全 市新增 企业。引进天 台 企业。"
    report = from_bytes(text.encode(), "spaced", issued="2018", area="台州市")
    passages = read_passages(report)
    entities = find_entities(passages, find_mentions(passages, report), report)
    assert {entity.name for entity in entities} >= {"台州市", "台州市科学技术局", "温岭市"}
    for entity in entities:
        assert entity.mentions
        forms = {entity.name, *entity.aliases}
        for span in entity.mentions:
            assert text[span.start : span.end].replace(" ", "") in forms


def test_the_whole_city_is_an_alias_of_the_city_and_no_mention() -> None:
    entity = entities("台州市投资增长5%。全市新增企业10家，该市位居前列。", "台州市")["台州市"]
    assert {"全市", "该市"} <= set(entity.aliases)
    assert len(entity.mentions) == 1


def test_the_province_of_the_section_is_an_entity_where_only_the_whole_province_is_printed() -> None:
    entity = entities("台州市增速居全省第一。", "台州市")["浙江省"]
    assert entity.type == "Province"
    assert "全省" in entity.aliases


def test_the_city_of_the_section_is_an_entity_where_only_the_whole_city_is_printed() -> None:
    entity = entities("全市新增企业10家。", "台州市")["台州市"]
    assert (entity.type, entity.rule, entity.aliases) == ("City", "places.implied", ("全市",))


@pytest.mark.parametrize("rule", rules("places", "type").rules, ids=lambda rule: rule.id)
def test_each_word_that_stands_for_a_place_fires_and_rests_as_its_examples_say(rule: Rule) -> None:
    assert all(rule.pattern.search(text) for text in rule.fires)
    assert not any(rule.pattern.search(text) for text in rule.rests)


def test_there_are_words_for_the_city_the_county_and_the_province() -> None:
    assert [rule.id for rule in rules("places", "type").rules] == ["places.city", "places.county", "places.province"]


def test_each_section_has_its_own_city() -> None:
    report_text = "温州\n市科技局出台《办法一二》。\n湖州\n市科技局出台《办法三四》。\n"
    found = entities(report_text)
    assert {"温州市科学技术局", "湖州市科学技术局"} <= set(found)


def test_a_university_inside_an_institute_is_nested() -> None:
    found = entities("四川大学温州皮革研究院签约落地。", "温州市")
    assert found["四川大学"].nested
    assert not found["四川大学温州皮革研究院"].nested


def test_an_academician_stays_one_where_the_title_is_left_out() -> None:
    found = entities("市科协主席陈明德院士致辞。陈明德指出，创新是动力。", "台州市")
    assert found["陈明德"].type == "Academician"
    assert len(found["陈明德"].mentions) == 2


def test_a_text_without_names_has_no_entities() -> None:
    assert entities("持续优化营商环境，不断释放新动能。") == {}
