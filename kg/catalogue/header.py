"""The front matter of a query file: ``#+`` lines of YAML, read so that every fault is reported with its line."""

from collections.abc import Collection, Mapping
from pathlib import Path

import yaml

from kg.errors import QueryError
from kg.wording import Wording

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _plain(text: str) -> str:
    """Return ``text`` with line breaks and runs of blanks folded to one blank."""
    return " ".join(text.split())


class Header:
    """Reads the front matter of ``path``; each method raises ``QueryError`` with file and line."""

    def __init__(self, path: Path, source: str) -> None:
        self.path = path
        lines: list[str] = []
        for line in source.split("\n"):
            if not line.startswith("#+"):
                break
            lines.append(line[2:].removeprefix(" "))
        try:
            root = yaml.compose("\n".join(lines), Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            raise self.fault(mark.line + 1 if mark else 1, f"the front matter is no YAML ({error.problem})", "mend the line") from error
        except yaml.YAMLError as error:  # a control character
            raise self.fault(1, f"the front matter is no YAML ({_plain(str(error))})", "mend the front matter") from error
        if root is None:
            raise self.fault(
                1, "there is no front matter", "begin the file with #+ lines: summary, description, tags, params, columns, view"
            )
        self.root: yaml.Node = root

    def fault(self, line: int, what: str, remedy: str) -> QueryError:
        return QueryError(f"{self.path}:{line}", what, remedy)

    def line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + 1

    def mapping(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        """Return the keys and nodes of a mapping; keys are texts, each once."""
        if not isinstance(node, yaml.MappingNode):
            raise self.fault(self.line(node), f"{what} must be key: value pairs", "write one key a line")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.text(key, f"a key of {what}")
            if name in found:
                raise self.fault(self.line(key), f"{what} has “{name}” twice", "keep one of them")
            found[name] = value
        return found

    def known(self, node: yaml.Node, what: str, keys: Collection[str], optional: Collection[str] = ()) -> Mapping[str, yaml.Node]:
        """Return a mapping that has all of ``keys``, perhaps some of ``optional``, and no other."""
        found = self.mapping(node, what)
        for name, value in found.items():
            if name not in keys and name not in optional:
                raise self.fault(self.line(value), f"{what} has the unknown key “{name}”", f"use one of {', '.join([*keys, *optional])}")
        for name in keys:
            if name not in found:
                raise self.fault(self.line(node), f"{what} has no “{name}”", "add it")
        return found

    def text(self, node: yaml.Node, what: str) -> str:
        """Return a text that is not empty, its line breaks folded."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.fault(self.line(node), f"{what} must be a text", "write a text that is not empty")
        return _plain(node.value)

    def texts(self, node: yaml.Node, what: str) -> tuple[str, ...]:
        """Return a list of at least one text."""
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.fault(self.line(node), f"{what} must be a list", "write [one, two]")
        return tuple(self.text(item, f"an item of {what}") for item in node.value)

    def wording(self, node: yaml.Node, what: str, beside: Collection[str] = ()) -> Wording:
        """Return a text in both languages; keys ``beside`` them are left to the caller."""
        both = self.known(node, what, ("zh", "en"), beside)
        return Wording(self.text(both["zh"], f"{what} (zh)"), self.text(both["en"], f"{what} (en)"))
