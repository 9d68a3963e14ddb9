"""The public surface of ``kg``: what is listed exists, and nothing else is offered."""

import re
from pathlib import Path

import kg
from kg import namespaces

ROOT = Path(__file__).resolve().parent.parent


def test_every_public_name_exists_and_explains_itself() -> None:
    assert len(kg.__all__) >= 6
    for name in kg.__all__:
        assert getattr(kg, name)
        assert name.startswith("__") or getattr(kg, name).__doc__


def test_the_version_is_the_one_of_the_package() -> None:
    (stated,) = re.findall(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    assert kg.__version__ == stated


def test_the_base_of_the_namespaces_is_spelt_out_in_one_module_of_the_program_only() -> None:
    spelling = [
        path.name
        for path in (ROOT / "kg").rglob("*.py")
        if any(namespaces.BASE in line and ">>>" not in line for line in path.read_text(encoding="utf-8").splitlines())
    ]
    assert spelling == ["namespaces.py"]


def test_queries_and_ontology_declare_the_namespaces_of_the_program() -> None:
    files = [*(ROOT / "queries").rglob("*.rq"), *(ROOT / "ontology").glob("*.ttl")]
    assert len(files) > 20
    for path in files:
        declared = re.findall(r"^@?prefix\s+([\w-]*):\s*<([^>]+)>", path.read_text(encoding="utf-8"), re.M | re.I)
        for prefix, iri in declared:
            if prefix in namespaces.PREFIXES:
                assert iri == namespaces.PREFIXES[prefix], f"{path.name}: {prefix}"


def test_each_engine_is_named_in_its_own_place_only() -> None:
    # graph.py names the type that a view returns, and imports nothing when it runs
    homes = {
        "pyoxigraph": {"store"},
        "httpx": {"store"},
        "pyvis": {"pages"},
        "networkx": {"compact", "graph.py", "measures", "views"},
        "networkit": {"measures"},
        "polars": {"ask", "compact", "formats"},
        "pandas": {"ask"},
        "pyarrow": {"ask"},
    }
    for engine, home in homes.items():
        importing = [
            path.relative_to(ROOT / "kg").parts[0]
            for path in (ROOT / "kg").rglob("*.py")
            if re.search(rf"^\s*(?:import|from) {engine}\b", path.read_text(encoding="utf-8"), re.M)
        ]
        assert importing, engine
        assert set(importing) <= home, engine


def test_the_store_engine_is_named_by_its_two_modules_only() -> None:
    naming = [
        path.name for path in (ROOT / "kg").rglob("*.py") if re.search(r"^\s*(?:import|from) pyoxigraph\b", path.read_text("utf-8"), re.M)
    ]
    assert sorted(naming) == ["engine.py", "engine_terms.py"]
