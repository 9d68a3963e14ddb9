"""Find names that a list gives away: firms before 等N家企业, fields, the steps of a method, contacts."""

import re

from kg.mentions.mention import Mention
from kg.mentions.modifiers import is_generic
from kg.mentions.numerals import numeral
from kg.mentions.walls import OPTIONS, Walls
from kg.rules import rules

_NO_FIRM = re.compile(
    r"(?:企业|研究院|研究所|大学|学院|中心|平台|园区|孵化器|实验室|产业|领域|院士|人才|团队|项目|[省市区县局院])$|[0-9]|院士|教授|^(?:人工智能|大数据|生物医药|新材料|新能源)"
)


def find_listed(clean: str, walls: Walls) -> list[Mention]:
    """Return firms by their short names, fields, method steps with the method's name, telephone numbers and mail addresses."""
    found: list[Mention] = []
    for rule in rules("lists", *OPTIONS).rules:
        name = rule.id.partition(".")[2]
        for match in rule.finditer(clean):
            if name == "firms":
                found += _firms(clean, walls, match.start(), rule.id, sure=not match["plain"])
            elif name == "all-firms":
                firms = _firms(clean, walls, match.start(), rule.id, sure=True)
                found += firms if len(firms) == numeral(match["n"]) else []
            elif name == "counted-firms":
                found += _counted_firms(match, rule.id)
            elif name == "focus":
                found += _fields(clean, walls, match, rule.id)
            elif name == "steps":
                found += _steps(match, rule.id)
            else:
                found.append(Mention(match.start(), match.end(), match[0], "Contact", rule.id, match[0]))
    return found


def _words(kind: str) -> tuple[str, ...]:
    return rules("lists", *OPTIONS).words[kind]


def _firms(clean: str, walls: Walls, end: int, rule: str, *, sure: bool) -> list[Mention]:
    """Return the items of the list that ends at ``end``, from the last one back to the first that is no firm.

    Where what closes the list is not ``sure`` to close one of firms, one of several items must end as firms do.
    """
    found: list[Mention] = []
    while end > 0:
        low = walls.soft_left(end - 1)
        name = clean[low:end]
        if not 2 <= len(name) <= 14 or _NO_FIRM.search(name) or is_generic(name):
            break
        found.append(Mention(low, end, name, "Enterprise", rule, name))
        if clean[low - 1 : low] != "、":
            break
        end = low - 1
    return found if sure or (len(found) > 1 and any(firm.name.endswith(_words("firm_end")) for firm in found)) else []


def _counted_firms(match: re.Match[str], rule: str) -> list[Mention]:
    """Return the firms of a list that names all of them, when their number agrees (企业2家，分别是A（以下简称B）和C)."""
    start, found = match.start("list"), list[Mention]()
    for item in re.finditer(r"(?P<name>[^、（）和]+)(?:（[^（）]*）)?(?:、|和|以及|$)", match["list"]):
        span = start + item.start("name"), start + item.end("name")
        found.append(Mention(*span, item["name"], "Enterprise", rule, item["name"]))
    plain = all(2 <= len(firm.name) <= 24 and not _NO_FIRM.search(firm.name) and not is_generic(firm.name) for firm in found)
    return found if plain and numeral(match["n"]) == len(found) else []


def _fields(clean: str, walls: Walls, match: re.Match[str], rule: str) -> list[Mention]:
    """Return the fields that ``match`` names; 与 and 和 join two of them only where nothing else does (A与B领域)."""
    group = "list" if match["list"] else "one"
    start, listed = match.start(group), match[group]
    joint = "、" if "、" in listed else "[与和]" if group == "list" else "、"
    found: list[Mention] = []
    for item in re.split(joint, listed):
        end = start + len(item)
        if (
            not 3 <= len(item) <= 16
            or is_generic(item)
            or item.endswith(_words("no_field"))
            or "市场" in item
            or walls.soft_left(end - 1) > start
            or walls.soft_left(end) == end
        ):
            return []
        found.append(Mention(start, end, item, "TechnologyField", rule, item))
        start = end + 1
    return found


def _steps(match: re.Match[str], rule: str) -> list[Mention]:
    found = [Mention(match.start("name"), match.end("name"), match["name"], "Measure", rule, match["name"])]
    start = match.start("list")
    for step in match["list"].split("、"):
        found.append(Mention(start, start + len(step), step, "Measure", rule, step))
        start += len(step) + 1
    return found
