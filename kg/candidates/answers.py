"""A language model that can be asked: what it answers, and how it is opened without the program depending on its client library."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from kg.errors import ModelError

INSTALL = "say pip install 'innovation-ecosystem-kg[llm]'"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model claims, unchecked, and what it called itself."""

    claims: tuple[object, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Silence:
    """No usable answer: ``reason`` is a word of ``SILENCES``."""

    reason: str
    detail: str = ""


class Model(Protocol):
    """Something that answers about a passage."""

    def ask(self, passage: str) -> Answer | Silence:
        """Return what is said of ``passage``; raises ``ModelError`` when no other passage would fare better."""
        ...


@contextmanager
def open_model(name: str, endpoint: str, instructions: str, key: str, timeout: float) -> Iterator[Model]:
    """Open the model ``name`` at ``endpoint`` (the address before ``/chat/completions``); ``timeout`` is in seconds a passage.

    Raises ``ModelError`` when the extra is not installed, the endpoint is no address, or an event loop is running already.
    """
    address = check_endpoint(endpoint)
    _check_no_loop()
    try:
        from kg.candidates.client import Client
    except ImportError as error:
        raise ModelError("--model", f"what speaks to models is not installed ({error.name})", INSTALL) from error
    with asyncio.Runner() as runner:
        client = Client(name, address, instructions, key, timeout, runner)
        try:
            yield client
        finally:
            client.close()


def check_endpoint(endpoint: str) -> str:
    """Return ``endpoint`` without a slash at its end; ``ModelError`` unless it is an http or https address without a password."""
    try:
        parts = urlsplit(endpoint)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise ModelError("--endpoint", "is no address of a model", "give one such as http://127.0.0.1:8080/v1, the key in KG_MODEL_KEY")
    return endpoint.rstrip("/")


def _check_no_loop() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise ModelError(
        "extract", "is called inside a running event loop, as a notebook has one", "say asyncio.to_thread(extractor.extract, report)"
    )
