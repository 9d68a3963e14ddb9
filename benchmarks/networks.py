"""A made-up network of any size with the attributes that the views give: Chinese names, types, relations, quoted evidence.

Preferential attachment (A.-L. Barabási and R. Albert, "Emergence of scaling in random networks", 1999), about three edges for
two nodes: a few institutes that everybody is tied to, many people with one tie, as in the networks of reports. Run alone it
says how large the network of ``--nodes`` came out.
"""

import argparse
import random
from typing import Any

import networkx as nx

from kg.namespaces import RID, RIE, RIEC
from kg.views import syllables

EDGES_A_NODE = 1.5
RULE = "benchmarks.made-up"
TYPES = {  # entity type: class, its names in both languages, how often, the relations it is the subject of
    "Person": ("Person", "人物", "Person", 45, ("leads", "memberOf", "cooperatesWith")),
    "Institute": ("ResearchInstitute", "研究院", "Research institute", 15, ("cooperatesWith", "locatedIn", "partOf")),
    "Enterprise": ("Corporation", "企业", "Enterprise", 15, ("cooperatesWith", "undertakenBy")),
    "University": ("CollegeOrUniversity", "高校", "University", 5, ("cooperatesWith", "established")),
    "Platform": ("InnovationPlatform", "创新平台", "Innovation platform", 10, ("locatedIn", "supports")),
    "Programme": ("Programme", "计划", "Programme", 8, ("rewards", "supports")),
    "City": ("PrefectureLevelCity", "城市", "City", 2, ("supports", "attracts")),
}
RELATIONS = {
    "leads": ("领衔", "leads"),
    "memberOf": ("任职于", "is a member of"),
    "cooperatesWith": ("合作", "cooperates with"),
    "locatedIn": ("位于", "is located in"),
    "partOf": ("隶属于", "is part of"),
    "undertakenBy": ("由……承担", "is undertaken by"),
    "established": ("设立", "established"),
    "supports": ("支持", "supports"),
    "rewards": ("奖励", "rewards"),
    "attracts": ("吸引", "attracts"),
}
STATUSES = {"achieved": ("已完成", "achieved"), "ongoing": ("进行中", "ongoing"), "planned": ("计划", "planned")}
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗", "伟芳敏静丽强磊军洋艳杰涛明超霞平刚桂英华"
_PLACES, _FIELDS = (
    "温湖杭宁嘉绍金衢舟台丽苏锡常通扬镇泰盐淮",
    ("智能制造", "生物医药", "新材料", "人工智能", "数字经济", "新能源", "量子信息", "激光"),
)
_ENDINGS = {
    "Institute": "研究院",
    "Enterprise": "科技有限公司",
    "University": "大学",
    "Platform": "创新中心",
    "Programme": "英才计划",
    "City": "市",
}


def network(nodes: int, seed: int = 0) -> "nx.MultiDiGraph[str]":
    """Return a network of ``nodes`` nodes and about one and a half times as many edges; equal arguments give equal networks.

    Nodes and edges have the attributes that ``kg.views.project`` names, evidence included.
    """
    draw = random.Random(seed)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        view="made-up",
        lang="zh",
        label_zh="虚构的网络",
        label_en="A made-up network",
        about_zh="按优先连接生成。",
        about_en="Made by preferential attachment.",
        query="",
    )
    kinds = draw.choices(list(TYPES), weights=[row[3] for row in TYPES.values()], k=nodes)
    for i, kind in enumerate(kinds):
        made.add_node(_iri("e", i), **_thing(i, kind, draw))
    edges = 0  # counted here: a MultiDiGraph counts its edges by walking over them
    ends: list[int] = []  # each node as often as it has edges: drawing from it prefers the busy ones
    for i in range(1, nodes):
        for _ in range(1 if draw.random() < 2 - EDGES_A_NODE or i == 1 else 2):
            other = draw.choice(ends) if ends else 0
            if other != i:
                _tie(made, edges, i, other, kinds, draw)
                ends += (i, other)
                edges += 1
    made.graph["reports"] = {f"{RID}report-made-up-{n}": f"虚构报告{n}" for n in range(3)}
    return made


def _iri(letter: str, i: int) -> str:
    return f"{RID}{letter}-{i:012d}"


def _thing(i: int, kind: str, draw: random.Random) -> dict[str, Any]:
    cls, zh, en, _, _ = TYPES[kind]
    name = _name(i, kind, draw)
    report, start = f"{RID}report-made-up-{i % 3}", 40 * i
    return {
        "iri": _iri("e", i),
        "label": name,
        "label_zh": name,
        "label_en": "",
        "type": kind,
        "class": f"{RIE}{cls}",
        "class_zh": zh,
        "class_en": en,
        "concept": False,
        "aliases": [],
        "pinyin": syllables(name, kind == "Person"),
        "alias_pinyin": [],
        "mentions": [{"report": report, "start": start, "end": start + len(name)}],
        "figures": [],
        "events": [],
        **_origin(),
    }


def _name(i: int, kind: str, draw: random.Random) -> str:
    if kind == "Person":
        return draw.choice(_SURNAMES) + draw.choice(_GIVEN) + draw.choice(_GIVEN)
    if kind == "City":
        return f"{draw.choice(_PLACES)}{draw.choice('州江阳海山')}市"
    return f"{draw.choice(_PLACES)}{draw.choice('州江阳海山')}{draw.choice(_FIELDS)}第{i}{_ENDINGS[kind]}"


def _tie(made: "nx.MultiDiGraph[str]", n: int, i: int, other: int, kinds: list[str], draw: random.Random) -> None:
    fact, relation = _iri("s", n), draw.choice(TYPES[kinds[i]][4])
    status = draw.choices(list(STATUSES), weights=(8, 1, 1))[0]
    subject, target = _iri("e", i), _iri("e", other)
    quote = f"{made.nodes[subject]['label']}{RELATIONS[relation][0]}{made.nodes[target]['label']}"
    start = 60 * n + 6
    year = str(draw.randint(2015, 2024))
    proof = {
        "report": f"{RID}report-made-up-{n % 3}",
        "statement": fact,
        "evidence": _iri("v", n),
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "sentence": f"{year}年，{quote}，成效显著。",
        "sentence_start": start - 6,
        "sentence_end": start + len(quote) + 6,
        "rule": RULE,
        "decided_by": "",
        "decided_on": "",
        "decision": "",
        "rule_about": "",
        "original": "",
    }
    made.add_edge(subject, target, key=fact, **_said(relation, status, year), **_proved(proof), **_origin())


def _proved(proof: dict[str, Any]) -> dict[str, Any]:
    return {
        "statements": [proof["statement"]],
        "statement": proof["statement"],
        "quote": proof["quote"],
        "report": proof["report"],
        "reports": [proof["report"]],
        "evidence_ids": [proof["evidence"]],
        "passages": 1,
        "evidence": [proof],
    }


def _origin() -> dict[str, list[str]]:
    return {"rules": [RULE], "decided_by": [], "decided_on": []}


def _said(relation: str, status: str, year: str) -> dict[str, Any]:
    zh, en = RELATIONS[relation]
    return {
        "predicate": f"{RIE}{relation}",
        "label": zh,
        "label_zh": zh,
        "label_en": en,
        "status": f"{RIEC}{status}",
        "done": status != "planned",
        "status_zh": STATUSES[status][0],
        "status_en": STATUSES[status][1],
        "period_zh": f"{year}年",
        "period_en": year,
        "first_day": f"{year}-01-01",
        "last_day": f"{year}-12-31",
        "phase": "planned" if status == "planned" else "done",
        "role": "",
        "role_zh": "",
        "role_en": "",
        "level": "",
        "level_zh": "",
        "level_en": "",
        "order": 0,
        "directed": True,
        "qualifiers": [],
        "inferred": False,
        "inferred_by": "",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=50_000)
    made = network(parser.parse_args().nodes)
    print(f"{made.number_of_nodes():,} nodes, {made.number_of_edges():,} edges, busiest {max(degree for _, degree in made.degree()):,}")


if __name__ == "__main__":
    main()
