"""The prologue of a SPARQL query: prefixes are added without moving a line, the form is told without being fooled."""

import pytest

from kg.ask.prologue import query_form, with_prefixes


@pytest.mark.parametrize(
    ("sparql", "form"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", "SELECT"),
        ("# SELECT\nask { ?s ?p 'SELECT' }", "ASK"),
        ("PREFIX select: <https://example.org/select#> CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("BASE <https://example.org/ask/> DESCRIBE <x>", "DESCRIBE"),
        ("INSERT DATA { <a> <b> <c> }", None),
        ("", None),
    ],
)
def test_the_form_is_the_first_keyword_outside_comments_prefixes_and_iris(sparql: str, form: str | None) -> None:
    assert query_form(sparql) == form


def test_prefixes_are_declared_on_the_first_line() -> None:
    sparql = "SELECT ?a\nWHERE { ?a a rie:Academician }"
    assert with_prefixes(sparql).count("\n") == 1
    assert "PREFIX rie: <" in with_prefixes(sparql)


def test_a_prefix_of_ones_own_is_left_alone() -> None:
    own = "prefix rie: <https://example.org/> SELECT * { ?s a rie:X }"
    assert with_prefixes(own).lower().count("prefix rie:") == 1
