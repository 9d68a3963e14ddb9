"""What goes wrong is told in both languages: every error of the store, the build, the shapes, the check, the server and the commands."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg.errors
from kg.check import check
from kg.errors import KgError, QueryError, StoreError
from kg.server.refusal import of_error
from kg.shapes.faults import unsupported
from kg.store import Store
from kg.wording import Wording

ROOT = Path(__file__).resolve().parent.parent
KG = Path(sys.executable).parent / "kg"
PLACES = ("store", "build", "shapes", "check", "server", "cli", "diff", "compact", "stamp.py", "atomic.py", "sparql.py", "export.py")
ERRORS = {name for name, found in vars(kg.errors).items() if isinstance(found, type) and issubclass(found, KgError)}
MAKERS = {"unsupported", "_unanswered"}  # functions that make an error of where it is and what they are told
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def raised() -> Iterator[tuple[str, list[ast.expr], ast.Module]]:
    """Yield each place at which an error is made, what it is told, and its module."""
    for name in PLACES:
        folder = ROOT / "kg" / name
        for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
                if isinstance(node, ast.Call) and (called in ERRORS or called in MAKERS):
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    yield where, node.args[1:], tree


def one_language(told: ast.expr, tree: ast.Module) -> bool:
    """Say whether ``told`` is a text as it stands, or a name that is given one somewhere in the module."""
    match told:
        case ast.Constant(value=str(text)):
            return not text.startswith("pip install")  # a command is the same in every language
        case ast.JoinedStr():
            return True
        case ast.IfExp(body=body, orelse=orelse):
            return one_language(body, tree) or one_language(orelse, tree)
        case ast.Name(id=name):
            given = [(target, node.value) for node in ast.walk(tree) if isinstance(node, ast.Assign) for target in node.targets]
            own = [value for target, value in given if isinstance(target, ast.Name) and target.id == name]
            return any(one_language(value, tree) for value in own)
    return False


def test_every_error_is_told_in_both_languages() -> None:
    found = list(raised())
    assert len(found) > 100
    assert [where for where, told, tree in found if any(one_language(one, tree) for one in told)] == []


def test_what_is_told_in_one_language_would_be_noticed() -> None:
    tree = ast.parse('what = f"no {x}"\nraise StoreError(1, what, "mend it")')
    (call,) = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    assert [one_language(told, tree) for told in call.args[1:]] == [True, True]


def test_the_two_languages_are_two_and_name_the_same_values() -> None:
    both = [node for _, told, tree in raised() for one in told for node in wordings(one, tree)]
    assert len(both) > 120
    for node in both:
        zh, en = (ast.unparse(part) for part in node.args)
        assert CHINESE.search(zh), zh
        assert not CHINESE.search(en.replace("国科大温州研究院", "")), en
        assert values(node.args[0]) >= values(node.args[1]) - {"', ' if reply.said else ''"}, en


def wordings(told: ast.expr, tree: ast.Module) -> Iterator[ast.Call]:
    if isinstance(told, ast.Name):
        found = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == told.id for t in node.targets)
        ]
        for value in found:
            yield from wordings(value, tree)
    for node in ast.walk(told):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Wording":
            yield node


def values(text: ast.expr) -> set[str]:
    """Return the names of the values that an f-string says, whatever separates them."""
    return {
        name.id
        for part in ast.walk(text)
        if isinstance(part, ast.FormattedValue)
        for name in ast.walk(part.value)
        if isinstance(name, ast.Name)
    }


def test_an_error_says_the_same_sentence_in_either_language() -> None:
    error = StoreError(Wording("图谱", "the graph"), Wording("打不开", "cannot be opened"), "kg build")
    assert str(error) == error.said("en") == "the graph: cannot be opened - kg build"
    assert error.said("zh") == "图谱: 打不开 - kg build"
    assert (error.where, error.what, error.remedy) == ("the graph", "cannot be opened", "kg build")


def test_a_wrong_query_is_told_in_chinese_with_its_line() -> None:
    with pytest.raises(QueryError) as caught:
        Store.of_quads([]).select("SELECT ?a\nWHERE { ?a ?b }")
    assert caught.value.said("zh").startswith("查询第 2 行: 这不是 SPARQL 1.1（")
    assert str(caught.value).startswith("query, line 2: this is no SPARQL 1.1 (")


def test_a_refusal_of_the_server_carries_both_languages() -> None:
    with pytest.raises(QueryError) as caught:
        Store.of_quads([]).select("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    refusal = of_error(400, "service", caught.value)
    assert refusal.sentence("zh") == "查询: SERVICE 会询问别的机器，此图谱只在本机回答 - 请去掉 SERVICE"
    assert refusal.sentence("en") == "query: SERVICE asks another machine, and this graph is answered offline - leave SERVICE out"


def test_a_shape_that_cannot_be_compiled_and_a_report_that_is_missing_are_told_in_chinese() -> None:
    import rdflib

    assert "它引用了自己 - 请改用" in unsupported(rdflib.URIRef("urn:x"), Wording("它引用了自己", "it refers to itself")).said("zh")
    with pytest.raises(KgError) as caught:
        check(Store.of_quads([]), report="甲")
    assert caught.value.said("zh") == "报告 甲: 图谱里没有这份报告 - 请运行 `kg build`"


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["ask", "people/leads", "--lang", "en"], {}, "there is no store here - run `kg build`"),
        (["ask", "people/leads"], {}, "这里没有存储 - 请运行 `kg build`"),
        (["backup", "copy"], {"KG_LANG": "en"}, "there is no store here - run `kg build`"),
        (["compact", "--lang", "zh"], {"KG_LANG": "en"}, "这里没有存储 - 请运行 `kg build`"),
    ],
)
def test_a_command_tells_its_errors_in_its_language(arguments: list[str], environment: dict[str, str], said: str, tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if name != "KG_LANG"}
    done = subprocess.run([KG, *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False, env=own | environment)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
