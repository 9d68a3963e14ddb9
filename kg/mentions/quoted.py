"""Find what stands in quotation marks and book-title marks: documents, campaigns, programmes, mechanisms, categories."""

import re

from kg.mentions.mention import Mention
from kg.mentions.modifiers import is_generic
from kg.mentions.walls import OPTIONS, Walls
from kg.rules import rules

_SLOGAN = re.compile(r"^[一二三四五六七八九十两]大(?:工程|行动|战略|任务|计划|体系|攻坚|产业|领域)$|[一1]对[一1]|最后一公里|第一")


def find_quoted(clean: str, walls: Walls) -> list[Mention]:
    """Return the names that quotation marks set off; a slogan without one of the known surroundings is no name."""
    file = rules("quoted", *OPTIONS)
    found: list[Mention] = []
    for rule in file.rules:
        for match in rule.pattern.finditer(clean):
            name = match["name"]
            if _SLOGAN.search(name.strip("“”")) and rule.id != "quoted.document":
                continue
            start, end = match.span("name")
            if rule.id == "quoted.run" and is_generic(name.strip("“”")):
                continue
            kind = _kind(name, rule.options["type"], file.words["publication"], file.words["agreement"])
            if name.startswith("“") and name.endswith("”") and name.count("“") == 1:
                name = name[1:-1]
            full = match["title"] + name if rule.id == "quoted.companion" else name
            found.append(Mention(start, end, full, kind, rule.id, name))
    return found


def _kind(name: str, kind: str, publication: tuple[str, ...], agreement: tuple[str, ...]) -> str:
    if kind == "Policy" and name.endswith(agreement):
        return "Agreement"
    if kind == "Policy":
        return "Publication" if name.endswith(publication) else "Policy"
    if kind == "EnterpriseCategory":
        return "TalentCategory" if name.endswith(("人才", "团队", "工程师")) else kind
    if kind == "Programme" and name.strip("“”").endswith(("制", "机制", "改革", "模式", "制度")):
        return "Mechanism"
    if kind == "Programme" and name.endswith(("战略", "规划")):
        return "Policy"
    return kind
