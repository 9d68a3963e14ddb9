"""Every example in a docstring holds."""

import doctest
import importlib
import pkgutil

import kg


def test_every_example_in_a_docstring_holds() -> None:
    tried = 0
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if module.name == "kg.__main__":
            continue
        result = doctest.testmod(importlib.import_module(module.name))
        assert result.failed == 0, module.name
        tried += result.attempted
    assert tried > 60
