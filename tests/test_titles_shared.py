"""Titles that several share or get in turn, works that win a prize, and what stands beside a name."""

from tests.sentence_facts import relations_of

FIRM, OTHER = "襄阳航宇救生装备有限公司", "襄阳东风汽车有限公司"


def told(text: str, predicate: str) -> set[tuple[str, str]]:
    return {(subject, thing) for subject, said, thing in relations_of(text) if said == predicate}


def test_two_that_get_two_titles_in_turn_get_one_each() -> None:
    text = f"{FIRM}、{OTHER}分别获评省级企业技术中心和国家技术创新示范企业。"
    found = told(text, "recognised_as")
    assert {subject for subject, _ in found} == {FIRM, OTHER}
    assert len(found) == 2
    assert next(thing for subject, thing in found if subject == OTHER).endswith("技术创新示范企业")


def test_the_work_wins_the_prize_and_all_who_made_it_made_it() -> None:
    text = f"由{FIRM}牵头，联合湖北大学、襄阳学院等6家单位完成的“深水救生装备关键技术”荣获国家科技进步二等奖。"
    assert told(text, "recognised_as") == {("深水救生装备关键技术", "国家科技进步二等奖")}
    assert {maker for _, maker in told(text, "undertaken_by")} == {FIRM, "湖北大学", "襄阳学院"}


def test_a_quoted_work_belongs_to_the_house_printed_before_it() -> None:
    assert {maker for _, maker in told(f"{FIRM}“深水救生舱”项目获湖北省科技进步一等奖。", "undertaken_by")} == {FIRM}
    assert not told(f"{FIRM}“深水救生舱”生产线投产。", "undertaken_by")


def test_a_house_in_brackets_is_another_name_and_a_part_is_a_part() -> None:
    assert told("湖北省立医院（湖北省第一医院）举行签约仪式。", "same_as") == {("湖北省立医院", "湖北省第一医院")}
    assert not told("湖北省立医院（襄阳市）举行签约仪式。", "same_as")
    assert ("襄阳综合保税区", "襄阳高新技术产业开发区") in told("襄阳高新区（含襄阳综合保税区）面积200平方公里。", "part_of")


def test_a_count_of_firms_behind_which_their_names_stand_gives_each_the_title() -> None:
    text = f"2家企业获评国家级专精特新“小巨人”企业，分别为{FIRM}、{OTHER}。"
    assert told(text, "recognised_as") == {(FIRM, "国家级专精特新“小巨人”企业"), (OTHER, "国家级专精特新“小巨人”企业")}
