"""One language model behind an OpenAI-compatible endpoint: the only module that names the client library.

The library (pydantic-ai, the extra ``llm``) speaks the protocol ``POST <endpoint>/chat/completions``, demands a JSON object and
asks once more when the answer is none. The limits are ours: a deadline for each passage, a largest answer, no redirects.
Nothing is sent but the instructions and the passage; without an endpoint named by the user nothing is sent at all.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.errors import ModelError

if TYPE_CHECKING:
    from pydantic_ai import Agent
    from pydantic_ai.run import AgentRunResult

LARGEST = 2_000_000  # bytes of one answer
INSTALL = "say pip install 'innovation-ecosystem-kg[llm]'"
_LONGEST_VERSION = 100  # characters
_RETRIES = 1  # of a request that the server refuses for the moment
_HOPELESS = {400, 401, 403, 404, 405, 422}  # no other passage would fare better


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model claims, unchecked, and what it called itself."""

    claims: tuple[object, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Silence:
    """No usable answer: ``reason`` is a word of ``SILENCES``."""

    reason: str
    detail: str


class TooLargeError(Exception):
    """The endpoint sends more than ``LARGEST``, or something whose size is not what it seems."""


class Model:
    """A model that can be asked; made by ``open_model``."""

    def __init__(self, agent: "Agent[None, Any]", runner: asyncio.Runner, endpoint: str, timeout: float) -> None:
        self._agent, self._runner, self._endpoint, self._timeout = agent, runner, endpoint, timeout

    def ask(self, passage: str) -> Answer | Silence:
        """Return the model's answer about ``passage``; raises ``ModelError`` when the endpoint will not answer anything."""
        from pydantic_ai.exceptions import ModelAPIError, ModelConnectionError, ModelHTTPError, UnexpectedModelBehavior

        try:
            result = self._runner.run(asyncio.wait_for(self._agent.run(passage), self._timeout))
        except TooLargeError:
            return Silence("too-large", "")
        except TimeoutError:
            return Silence("timeout", f"{self._timeout:g} s")
        except UnexpectedModelBehavior:
            return Silence("no-json", "")
        except ModelHTTPError as error:
            if error.status_code in _HOPELESS:
                raise ModelError(
                    self._endpoint, f"the endpoint answers {error.status_code}", "check endpoint, model name and key"
                ) from error
            return Silence("server-error", str(error.status_code))
        except ModelConnectionError as error:
            return Silence("no-connection", error.phase or "")
        except ModelAPIError:
            return Silence("server-error", "")
        return _answer(result)


def _answer(result: "AgentRunResult[Any]") -> Answer:
    version = "".join(char for char in result.response.model_name or "" if char.isprintable())[:_LONGEST_VERSION]
    return Answer(tuple(result.output.facts), version or "unknown")


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


@contextmanager
def open_model(name: str, endpoint: str, instructions: str, key: str, timeout: float) -> Iterator[Model]:
    """Open the model ``name`` at ``endpoint`` (the address before ``/chat/completions``); ``timeout`` is in seconds a passage.

    Raises ``ModelError`` when the extra is not installed or the endpoint is no address.
    """
    address = check_endpoint(endpoint)
    _check_no_loop()
    try:
        import httpx2
        from openai import AsyncOpenAI
        from pydantic import BaseModel
        from pydantic_ai import Agent, PromptedOutput
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai import OpenAIProvider
    except ImportError as error:
        raise ModelError("--model", f"what speaks to models is not installed ({error.name})", INSTALL) from error

    class Claims(BaseModel):
        facts: list[Any]

    class Limited(httpx2.AsyncByteStream):
        """A body that breaks off when it grows too large."""

        def __init__(self, stream: Any) -> None:
            self.stream = stream

        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for chunk in self.stream:
                size += len(chunk)
                if size > LARGEST:
                    raise TooLargeError
                yield chunk

        async def aclose(self) -> None:
            await self.stream.aclose()

    class Transport(httpx2.AsyncHTTPTransport):
        """Asks for plain bytes, so that what is counted is what is read."""

        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            request.headers["Accept-Encoding"] = "identity"
            response = await super().handle_async_request(request)
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise TooLargeError
            response.stream = Limited(response.stream)
            return response

    with asyncio.Runner() as runner:
        client = httpx2.AsyncClient(transport=Transport(), timeout=timeout, follow_redirects=False)
        speaker = AsyncOpenAI(base_url=address, api_key=key or "none", http_client=client, max_retries=_RETRIES)
        agent: Agent[None, Any] = Agent(
            OpenAIChatModel(name, provider=OpenAIProvider(openai_client=speaker)),
            output_type=PromptedOutput(Claims),
            instructions=instructions,
            retries=1,
            model_settings={"temperature": 0.0},
        )
        try:
            yield Model(agent, runner, address, timeout)
        finally:
            runner.run(client.aclose())
