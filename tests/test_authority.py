"""Links to what is known elsewhere: one record or none."""

import re

import pytest

from kg.authority import AuthorityRecord, link, weigh
from kg.facts import Entity
from kg.mentions.gazetteer import identified, organisations, places, rows
from kg.mentions.places import full_name
from kg.resources import resource


def linked(name: str, kind: str) -> AuthorityRecord | None:
    return link([Entity(name, kind, "test.rule")]).get(name)


@pytest.mark.parametrize(
    ("name", "kind", "scheme", "value"),
    [
        ("温州市", "City", "wikidata", "Q42635"),
        ("温州市", "City", "gb2260", "330300"),
        ("浙江大学", "University", "ror", "00a2xv884"),
        ("中华人民共和国科学技术部", "GovernmentBody", "wikidata", "Q839875"),
        ("上海市嘉定区", "District", "gb2260", "310114"),
        ("德国", "Country", "geonames", "2921044"),
        ("北京航空航天大学", "University", "ror", "00wk2mp56"),
    ],
)
def test_a_thing_with_one_record_is_linked(name: str, kind: str, scheme: str, value: str) -> None:
    record = linked(name, kind)
    assert record is not None
    assert record.ids[scheme] == value
    assert record.reason


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("鼓楼区", "District"),  # several cities have one
        ("鼓楼", "District"),
        ("温州", "City"),  # a short name is no canonical name
        ("浙江大学", "Person"),  # the type must fit
        ("李国栋", "Academician"),  # persons are never linked by name
        ("海天先进材料研究院", "Institute"),
        ("", "City"),
    ],
)
def test_what_is_ambiguous_or_unknown_stays_without_a_link(name: str, kind: str) -> None:
    assert linked(name, kind) is None


def test_every_id_has_the_form_of_its_scheme() -> None:
    assert len(identified()) >= 20
    assert len(organisations()) >= 1500
    for known in identified().values():
        assert re.fullmatch(r"(Q\d+)?", known.wikidata), known
        assert re.fullmatch(r"\d*", known.geonames), known
        assert re.fullmatch(r"(0[a-z0-9]{6}\d{2})?", known.ror), known
        assert known.wikidata or known.geonames or known.ror, known
    for organisation in organisations().values():
        assert re.fullmatch(r"0[a-z0-9]{6}\d{2}", organisation.ror), organisation
        assert re.fullmatch(r"(Q\d+)?", organisation.wikidata), organisation
    assert all(re.fullmatch(r"\d{6}", code) for code in places())


def test_the_readme_counts_the_rows_of_each_file() -> None:
    text = (resource("graph") / "authority" / "README.md").read_text(encoding="utf-8")
    counts = {name: int(count.replace(",", "")) for name, count in re.findall(r"\| `(\w+\.tsv)` \| ([\d,]+) \|", text)}
    tables = {"places.tsv": places(), "organisations.tsv": organisations(), "identifiers.tsv": identified()}
    assert counts == {name: len(table) for name, table in tables.items()} | {"namesakes.tsv": len(rows("namesakes.tsv", 8))}


def test_no_two_organisations_share_a_name_or_an_id() -> None:
    table = rows("organisations.tsv", 8)
    assert len({row[0] for row in table}) == len(table)
    assert len({row[1] for row in table}) == len(table)


def test_two_lists_agree_where_both_know_a_thing() -> None:
    both = [name for name in identified() if name in organisations()]
    assert len(both) >= 5
    for name in both:
        assert identified()[name].ror == organisations()[name].ror
        assert identified()[name].wikidata == organisations()[name].wikidata or not organisations()[name].wikidata


def test_addresses_are_the_ones_of_the_registries() -> None:
    record = linked("浙江大学", "University")
    assert record is not None
    assert record.uris() == ("https://ror.org/00a2xv884", "http://www.wikidata.org/entity/Q197543")
    assert record.en == "Zhejiang University"


# --- what was considered, and why


def considered(name: str, kind: str, *aliases: str, apart: str = "") -> list[tuple[str, str, str, str]]:
    linking = weigh(Entity(name, kind, "test.rule", aliases, apart=apart))
    assert linking is not None
    return [(one.record.name, one.ground, one.outcome, one.reason) for one in linking.candidates]


def test_a_district_name_of_four_cities_has_four_candidates_and_none_is_taken() -> None:
    cities = ("南京市", "徐州市", "福州市", "开封市")
    assert considered("鼓楼区", "District") == [(f"{city}鼓楼区", "same-name", "open", "several") for city in cities]


def test_the_place_that_the_report_speaks_of_decides_and_the_others_are_rejected_as_elsewhere() -> None:
    found = considered("南京市鼓楼区", "District", "鼓楼区")
    assert found[0] == ("南京市鼓楼区", "same-name", "made", "same-place")
    assert {(outcome, reason) for _, _, outcome, reason in found[1:]} == {("rejected", "elsewhere")}
    assert len(found) == 4


def test_a_short_name_taken_for_the_highest_division_names_the_lower_ones() -> None:
    found = {name: (outcome, reason) for name, _, outcome, reason in considered("朝阳市", "City", "朝阳")}
    assert found["朝阳市"] == ("made", "highest")
    assert found["北京市朝阳区"] == found["朝阳县"] == ("rejected", "lower")


def test_two_universities_of_one_name_are_told_apart_by_their_identifiers_and_neither_is_taken() -> None:
    linking = weigh(Entity("中国石油大学", "University", "test.rule"))
    assert linking is not None
    assert [one.record.codes() for one in linking.candidates] == [("ror:041qf4r12", "wikidata:Q15899144"), ("ror:05gbn2817",)]
    assert (linking.outcome, linking.made) == ("open", None)


def test_a_short_name_that_fits_two_universities_is_open() -> None:
    assert considered("华师大", "University") == [
        ("华东师范大学", "abbreviation", "open", "several"),
        ("华南师范大学", "abbreviation", "open", "several"),
    ]


def test_a_record_of_another_kind_is_rejected_with_that_reason() -> None:
    assert considered("浙江大学", "Park") == [("浙江大学", "same-name", "rejected", "other-kind")]


def test_namesakes_that_a_person_told_apart_are_not_linked_by_their_name() -> None:
    assert considered("浙江大学", "University", apart="另一所") == [("浙江大学", "same-name", "open", "name-alone")]


def test_a_kind_of_thing_without_records_is_not_weighed_and_a_person_has_no_candidate() -> None:
    assert weigh(Entity("科技新政", "Policy", "test.rule")) is None
    assert considered("王明", "Person") == []


def test_every_city_and_county_is_linked_by_its_full_name_and_an_old_code_is_no_second_place() -> None:
    named = [place for place in places().values() if place.name.endswith(("市", "省", "县"))]
    assert len(named) > 1900
    for place in named:
        linking = weigh(Entity(full_name(place), place.type, "test.rule"))
        assert linking is not None
        assert linking.made is not None, place
        code = linking.made.ids["gb2260"]
        assert (places()[code].name, code[:2]) == (place.name, place.code[:2])
