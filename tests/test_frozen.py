"""Frozen dataclasses that are made quickly are still what they were: frozen, comparable, with defaults and field names."""

import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from kg.facts import UNDATED, Observation, Period, Span
from kg.frozen import quickly_made
from kg.mentions.mention import Mention


def test_a_quickly_made_object_is_still_frozen() -> None:
    span = Span(3, 7)
    with pytest.raises(FrozenInstanceError):
        span.start = 4  # type: ignore[misc]
    assert span == Span(start=3, end=7)
    assert Span(1, 9) < span
    assert hash(span) == hash(Span(3, 7))


def test_names_of_fields_and_defaults_work_as_in_any_dataclass() -> None:
    mention = Mention(0, 3, "温州市", "City", "places.gazetteer", "温州市")
    assert mention.nested is False
    assert replace(mention, nested=True) == Mention(0, 3, "温州市", "City", "places.gazetteer", printed="温州市", nested=True)
    with pytest.raises(TypeError, match="printed"):
        Mention(0, 3, "温州市", "City", "places.gazetteer")  # type: ignore[call-arg]
    assert list(inspect.signature(Period).parameters) == ["start", "end", "basis", "printed"]
    assert "value" in inspect.signature(Observation).parameters


def test_it_goes_to_another_process_and_back() -> None:
    assert pickle.loads(pickle.dumps(UNDATED)) == UNDATED


def test_a_class_that_makes_its_defaults_anew_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Basket:
        names: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match=r"Basket\.names"):
        quickly_made(Basket)
