"""A short report, and what a model may claim of it."""

import json
from collections.abc import Callable
from typing import Any

from kg.candidates import ModelExtractor
from kg.extract.extractor import Extraction
from kg.report import Report
from tests.model_server import Plain, model_server

TEXT = """温州
由李校堃院士领衔的温医大病毒研究院于今年4月正式挂牌。1-5月，温州市高新技术产业投资增长40.1%，增速居全省第1位。\
全市发放科技创新券1.0036亿元，能耗同比下降3.1%。
孵化链条包括众创空间、孵化器、加速器。新增企业3家，其中新增企业3家在瓯海区。新增企业3家。
"""
FIRST = "由李校堃院士领衔的温医大病毒研究院"
LEADS = {"kind": "relation", "quote": FIRST, "subject": "李校堃", "predicate": "leads", "object": "温医大病毒研究院"}
GROWTH = {
    "kind": "observation",
    "quote": "温州市高新技术产业投资增长40.1%",
    "subject": "温州市",
    "indicator": "高新技术产业投资",
    "measure": "yoy_growth",
    "number": "40.1%",
    "period": "1-5月",
}
COUPONS = {
    "kind": "observation",
    "quote": "全市发放科技创新券1.0036亿元",
    "subject": "温州市",
    "indicator": "科技创新券",
    "measure": "value",
    "number": "1.0036亿元",
}
FALL = {
    "kind": "observation",
    "quote": "能耗同比下降3.1%",
    "subject": "温州市",
    "indicator": "能耗",
    "measure": "yoy_growth",
    "number": "3.1%",
}
RANK = {**GROWTH, "quote": "温州市高新技术产业投资增长40.1%，增速居全省第1位", "measure": "rank", "rank": "居全省第1位"}
PLATE = {
    "kind": "event",
    "quote": "温医大病毒研究院于今年4月正式挂牌",
    "what": "正式挂牌",
    "participants": ["温医大病毒研究院"],
    "event": "unveiling",
    "period": "今年4月",
}
INSTITUTE = {"kind": "entity", "quote": FIRST, "name": "温医大病毒研究院", "type": "Institute"}
CHAIN = {"kind": "membership", "quote": "孵化链条包括众创空间、孵化器、加速器", "whole": "孵化链条", "part": "加速器", "order": 3}
SOUND = (LEADS, GROWTH, COUPONS, FALL, RANK, PLATE, INSTITUTE)
NEW = {"kind": "observation", "quote": "新增企业3家", "subject": "温州市", "indicator": "新增企业", "measure": "increase", "number": "3家"}
INVENTED = {**LEADS, "quote": "由李校堃院士创办的温医大病毒研究院"}


def said(*claims: object) -> str:
    return json.dumps({"facts": claims}, ensure_ascii=False)


def of_first(*claims: object) -> Callable[[str], str]:
    """Say ``claims`` of the first paragraph and nothing of any other."""
    return lambda passage: said(*claims) if FIRST in passage else said()


def of_second(*claims: object) -> Callable[[str], str]:
    return lambda passage: said(*claims) if "孵化链条" in passage else said()


def extract(report: Report, say: Callable[[str], "str | Plain"], timeout: float = 20, **options: Any) -> Extraction:
    with model_server(say) as server:
        return ModelExtractor("tiny", server.endpoint, timeout=timeout, **options).extract(report)
