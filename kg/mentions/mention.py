"""A mention: a printed form of a named thing, and where it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """``clean[start:end]`` names ``name`` (the canonical full name); offsets are those of ``Reading.clean``.

    ``printed`` is the printed form without quotation marks around it, ``nested`` says that it stands inside a longer
    mention, ``rule`` is the id of the rule or gazetteer that found it.
    """

    start: int
    end: int
    name: str
    type: str
    rule: str
    printed: str
    nested: bool = False
