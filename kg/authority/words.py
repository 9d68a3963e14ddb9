"""What is said of a record that a name may mean: how the name is borne, what became of the record, and why.

The code lists of the ontology say the same words; a test compares them.
"""

from collections.abc import Mapping
from typing import Literal

Ground = Literal["same-name", "short-name", "abbreviation", "decision"]
Outcome = Literal["made", "open", "rejected", "none"]
Reason = Literal[
    "verified",
    "only",
    "same-place",
    "highest",
    "several",
    "name-alone",
    "other-kind",
    "elsewhere",
    "lower",
    "other-name",
    "decided",
]

GROUNDS: Mapping[Ground, tuple[str, str]] = {
    "same-name": ("同名", "same name"),
    "short-name": ("简称相同", "same short name"),
    "abbreviation": ("缩略", "abbreviation"),
    "decision": ("由人提出", "named by a person"),
}
OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    "made": ("已链接", "linked"),
    "open": ("待定", "open"),
    "rejected": ("不采用", "not taken"),
    "none": ("未链接", "not linked"),
}
REASONS: Mapping[Reason, tuple[str, str]] = {
    "verified": ("记录经过核对", "verified record"),
    "only": ("同名记录只有一条", "only record of the name"),
    "same-place": ("在报告所述地区", "in the place of the report"),
    "highest": ("同名中级别最高", "highest of the name"),
    "several": ("记录不止一条", "several records"),
    "name-alone": ("仅凭名称不足以判断", "the name alone does not tell"),
    "other-kind": ("类型不符", "of another kind"),
    "elsewhere": ("在别的地区", "elsewhere"),
    "lower": ("级别较低", "lower division"),
    "other-name": ("全称不同", "another full name"),
    "decided": ("由人裁定", "decided by a person"),
}
