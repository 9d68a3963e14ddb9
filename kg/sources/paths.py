"""XPaths of the elements of a tree, in time that grows with the tree and not with its square."""

from collections import Counter
from collections.abc import Callable
from typing import Any

Element = Any  # an element of lxml, which carries no types


class Paths:
    """Remembers the paths it has given; ``name`` tells how a path spells the name of an element."""

    def __init__(self, name: Callable[[Element], str]) -> None:
        self._name = name
        self._paths: dict[Element, str] = {}

    def of(self, element: Element) -> str:
        """Return the path of ``element``, with a number where siblings share its name: ``/html/body/p[2]``."""
        line = [element]
        while line[-1] not in self._paths and (parent := line[-1].getparent()) is not None:
            line.append(parent)
        root = line.pop() if line[-1] not in self._paths else None
        if root is not None:
            self._paths[root] = f"/{self._name(root)}"
            line.append(root)
        for parent in reversed(line[1:]):
            self._number(parent)
        return self._paths[element]

    def _number(self, parent: Element) -> None:
        path = self._paths[parent]
        children = [(child, self._name(child)) for child in parent if isinstance(child.tag, str)]
        shared = Counter(name for _, name in children)
        seen: Counter[str] = Counter()
        for child, name in children:
            seen[name] += 1
            self._paths[child] = f"{path}/{name}[{seen[name]}]" if shared[name] > 1 else f"{path}/{name}"
