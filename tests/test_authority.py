"""Links to what is known elsewhere: one record or none."""

import re

import pytest

from kg.authority import AuthorityRecord, link
from kg.facts import Entity
from kg.mentions.gazetteer import identified, organisations, places, rows
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
    assert counts == {"places.tsv": len(places()), "organisations.tsv": len(organisations()), "identifiers.tsv": len(identified())}


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
