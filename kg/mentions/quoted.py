"""Find what stands in quotation marks and book-title marks: documents, campaigns, programmes, mechanisms, categories."""

import re

from kg.mentions.mention import Mention
from kg.mentions.modifiers import is_generic
from kg.mentions.walls import OPTIONS, Walls
from kg.rules import rules

_SLOGAN = re.compile(r"^[一二三四五六七八九十两]大(?:工程|行动|战略|任务|计划|体系|攻坚|产业|领域)$|[一1]对[一1]|最后一公里|第一")


def is_campaign(name: str) -> bool:
    """Return whether ``name`` ends like something people set out to do together for a while.

    >>> is_campaign("八大专项攻坚"), is_campaign("“春雨行动”"), is_campaign("三年行动计划")
    (True, True, False)
    """
    return name.strip("“”").endswith(rules("quoted", *OPTIONS).words["campaign"])


def find_quoted(clean: str, walls: Walls) -> list[Mention]:
    """Return the names that quotation marks set off; a slogan without one of the known surroundings is no name."""
    file = rules("quoted", *OPTIONS)
    found: list[Mention] = []
    for rule in file.rules:
        for match in rule.finditer(clean):
            start, end = _span(clean, walls, rule.id, match)
            name = clean[start:end]
            if start == end:
                continue
            kind = _kind(name, rule.options["type"], file.words["publication"], file.words["agreement"])
            if name.startswith("“") and name.endswith("”") and name.count("“") == 1:
                name = name[1:-1]
            full = match["title"] + name if rule.id == "quoted.companion" else match.groupdict().get("inner") or name
            found.append(Mention(start, end, full, kind, rule.id, name))
    return found


def _span(clean: str, walls: Walls, rule: str, match: re.Match[str]) -> tuple[int, int]:
    """Return the span of the name in ``match``, empty where it is a slogan or made of common words."""
    start, end = match.span("name")
    inner = match["name"].strip("“”")
    if rule != "quoted.document" and _SLOGAN.search(inner):
        return start, start
    if rule == "quoted.run" and is_generic(inner):
        return start, start
    if rule == "quoted.prefixed":
        quote = clean.index("“", start)
        start = max(start, walls.soft_left(quote))
        return (start, start) if is_generic(clean[start:quote]) else (start, end)
    return start, end


def _kind(name: str, kind: str, publication: tuple[str, ...], agreement: tuple[str, ...]) -> str:
    if kind == "Policy" and name.endswith(agreement):
        return "Agreement"
    if kind == "Policy":
        return "Publication" if name.endswith(publication) else "Policy"
    if kind == "EnterpriseCategory":
        return "TalentCategory" if name.endswith(("人才", "团队", "工程师")) else kind
    if kind == "Programme" and name.strip("“”").endswith(("制", "机制", "改革", "模式", "制度", "体系", "架构", "构架")):
        return "Mechanism"
    if kind == "Programme" and is_campaign(name):
        return "Campaign"
    if kind == "Programme" and name.endswith(("战略", "规划")):
        return "Policy"
    return kind
