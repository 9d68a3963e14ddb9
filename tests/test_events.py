"""What took place: events of invented sentences, with their participants, dates and kinds."""

import pytest

from kg.extract.events import OPTIONS
from kg.facts import Event, Facts
from kg.rules import Rule, rules
from tests.sentence_facts import facts_of, rules_that_fire

RULES = rules("events", *OPTIONS).rules
KINDS = {
    "signing", "unveiling", "opening", "designation", "filing", "attraction", "completion", "policy", "application", "approval",
    "meeting", "launch", "evaluation", "release", "operation", "event",
}  # fmt: skip


def only(text: str, kind: str) -> Event:
    """Return the one event of ``kind`` in ``text``."""
    found = [event for event in facts_of(text).events if event.kind == kind]
    assert len(found) == 1, found
    return found[0]


def test_the_rules_are_found_and_counted() -> None:
    assert len(RULES) == 17
    assert {rule.options["kind"] for rule in RULES} <= KINDS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_fires_and_rests_as_its_examples_say(rule: Rule) -> None:
    for text in rule.fires:
        assert rule.id in rules_that_fire(text), text
    for text in rule.rests:
        assert rule.id not in rules_that_fire(text), text


def test_an_unveiling_has_its_month_and_its_institute() -> None:
    event = only("绍兴海洋研究院于今年4月正式挂牌。", "unveiling")
    assert (event.what, event.participants, event.date) == ("正式挂牌", ("绍兴海洋研究院",), "2020-04")


def test_a_signing_names_both_parties() -> None:
    event = only("2020年5月20日，嘉兴市与浙江大学签订战略合作协议。", "signing")
    assert {"嘉兴市", "浙江大学"} <= set(event.participants)
    assert event.date == "2020-05-20"
    assert event.what == "签订战略合作协议"


def test_a_short_event_says_what_it_happened_to() -> None:
    assert only("绍兴新材料研究院签约落地。", "signing").what == "绍兴新材料研究院签约落地"


def test_a_gathering_is_named_though_it_is_no_known_name() -> None:
    event = only("2021年10月18日，第二届世界声博会在合肥举行。", "meeting")
    assert event.what == "第二届世界声博会举行"
    assert "合肥市" in event.participants
    assert event.date == "2021-10-18"


def test_two_verbs_tell_two_events_of_one_institute() -> None:
    events = facts_of("郑州海洋研究院于今年4月正式挂牌并开展实质性运作。").events
    assert [(e.kind, e.participants, e.date) for e in events] == [
        ("unveiling", ("郑州海洋研究院",), "2020-04"),
        ("operation", ("郑州海洋研究院",), "2020-04"),
    ]


def test_an_event_told_without_its_subject_is_that_of_the_clause_before() -> None:
    event = only("洛阳中科智造研究院由市政府与中国科学院共建，2014年6月揭牌，现有人员50人。", "unveiling")
    assert (event.participants, event.date) == (("洛阳中科智造研究院",), "2014-06")


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("6月18日，芜湖市举办机器人大会。会上，安徽大学与奇瑞集团签订合作协议。", "signing", "2020-06-18"),
        ("2019年5月，银川材料研究院揭牌。同年，银川海洋研究院揭牌。", "unveiling", "2019"),
        ("2018年5月，银川材料研究院揭牌。次年，银川海洋研究院揭牌。", "unveiling", "2019"),
        ("去年底，银川海洋研究院揭牌。", "unveiling", "2019-12"),
    ],
)
def test_a_date_that_is_pointed_to_is_read(text: str, kind: str, date: str) -> None:
    assert [e.date for e in facts_of(text).events if e.kind == kind][-1] == date


def test_news_takes_place_on_the_day_with_which_it_begins() -> None:
    text = "6月18日，芜湖机器人研究院揭牌。市领导到会祝贺。安徽大学与奇瑞集团签订合作协议。合肥材料研究院2019年5月揭牌。"
    assert {e.participants[0]: e.date for e in facts_of(text).events} == {
        "芜湖机器人研究院": "2020-06-18",
        "安徽大学": "2020-06-18",
        "合肥材料研究院": "2019-05",
    }


def test_what_a_summing_up_tells_took_place_in_its_year() -> None:
    text = "银川市科技局2019年工作总结\n一、工作成效\n银川海洋研究院揭牌。\n二、2020年工作打算\n银川材料研究院揭牌。"
    assert {e.participants[0]: e.date for e in facts_of(text).events} == {"银川海洋研究院": "2019", "银川材料研究院": None}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{}银川市被评为国家创新型城市。", "designation"),
        ("{}银川市出台《银川市科技成果转化条例》。", "policy"),
        ("{}银川市启动“百日攻坚”专项行动。", "launch"),
    ],
)
def test_an_honour_a_policy_or_a_campaign_is_an_event_where_its_day_is_told(text: str, kind: str) -> None:
    assert [e.kind for e in facts_of(text.format("3月5日，")).events] == [kind]
    assert not facts_of(text.format("")).events
    assert facts_of(text.format("")).relations


def test_an_event_without_a_date_has_none() -> None:
    assert only("中国模具博览城投用。", "opening").date is None


def test_a_planned_event_is_a_target() -> None:
    event = only("中国模具博览城将投用。", "opening")
    assert (event.modality, event.status) == ("target", "planned")


def test_what_did_not_happen_is_no_event() -> None:
    assert not facts_of("中国模具博览城尚未投用。").events


def test_since_its_founding_is_no_founding() -> None:
    assert not [e for e in facts_of("宁波海洋研究院成立以来，累计服务企业320家。").events if e.kind == "unveiling"]


def test_the_first_report_yields_its_openings_and_meetings(first_facts: Facts) -> None:
    events = first_facts.events
    assert any(e.what == "正式挂牌" and "温州医科大学病毒研究院" in e.participants and e.date == "2020-04" for e in events)
    assert any("诊断会" in e.what and e.kind == "meeting" for e in events)
    assert len(events) >= 12
