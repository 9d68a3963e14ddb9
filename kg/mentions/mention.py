"""A mention: a printed form of a named thing, and where it stands."""

from dataclasses import dataclass

from kg.frozen import quickly_made


@quickly_made
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

    def called(self, name: str) -> "Mention":
        """Return this mention as one of ``name``."""
        return self if name == self.name else Mention(self.start, self.end, name, self.type, self.rule, self.printed, self.nested)

    def within(self, nested: bool) -> "Mention":
        """Return this mention as one inside a longer mention, or as one that stands free."""
        return self if nested is self.nested else Mention(self.start, self.end, self.name, self.type, self.rule, self.printed, nested)
