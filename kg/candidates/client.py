"""The client library of language models, named here and nowhere else; imported only when a model is asked.

The library (pydantic-ai, the extra ``llm``) speaks the protocol ``POST <endpoint>/chat/completions``, demands a JSON object and
asks once more when the answer is none. The limits are ours: a deadline for each passage, a largest answer, no redirects.
Nothing is sent but the instructions and the passage.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
from openai import AsyncOpenAI
from pydantic import BaseModel
from pydantic_ai import Agent, PromptedOutput
from pydantic_ai.exceptions import ModelAPIError, ModelConnectionError, ModelHTTPError, UnexpectedModelBehavior
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from kg.candidates.answers import Answer, Silence
from kg.errors import ModelError

LARGEST = 2_000_000  # bytes of one answer
_LONGEST_VERSION = 100  # characters
_RETRIES = 1  # of a request that the server refuses for the moment
_HOPELESS = {400, 401, 403, 404, 405, 422}  # no other passage would fare better


class Claims(BaseModel):
    """The form of an answer; each claim in it is checked one by one, so that a wrong one does not spoil the others."""

    facts: list[Any]


class TooLargeError(Exception):
    """The endpoint sends more than ``LARGEST``, or something whose size is not what it seems."""


class Limited(httpx2.AsyncByteStream):
    """A body that breaks off when it grows too large."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > LARGEST:
                raise TooLargeError
            yield chunk

    async def aclose(self) -> None:
        """Close the connection's stream."""
        await self._stream.aclose()


class Transport(httpx2.AsyncHTTPTransport):
    """Asks for plain bytes, so that what is counted is what is read."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send ``request`` and return the response with a limited body."""
        request.headers["Accept-Encoding"] = "identity"
        response = await super().handle_async_request(request)
        response.stream = Limited(response.stream)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            await response.stream.aclose()
            raise TooLargeError
        return response


class Client:
    """A model behind an endpoint; ``runner`` is the event loop that it works in."""

    def __init__(self, name: str, endpoint: str, instructions: str, key: str, timeout: float, runner: asyncio.Runner) -> None:
        self._endpoint, self._timeout, self._runner = endpoint, timeout, runner
        self._http = httpx2.AsyncClient(transport=Transport(), timeout=timeout, follow_redirects=False)
        speaker = AsyncOpenAI(base_url=endpoint, api_key=key or "none", http_client=self._http, max_retries=_RETRIES)
        self._agent: Agent[None, Claims] = Agent(
            OpenAIChatModel(name, provider=OpenAIProvider(openai_client=speaker)),
            output_type=PromptedOutput(Claims),
            instructions=instructions,
            retries=1,
            model_settings={"temperature": 0.0},
        )

    def ask(self, passage: str) -> Answer | Silence:
        """Return the model's answer about ``passage``; raises ``ModelError`` when the endpoint will not answer anything."""
        try:
            result = self._runner.run(asyncio.wait_for(self._agent.run(passage), self._timeout))
        except TooLargeError:
            return Silence("too-large")
        except TimeoutError:
            return Silence("timeout", f"{self._timeout:g} s")
        except UnexpectedModelBehavior:
            return Silence("no-json")
        except ModelHTTPError as error:
            if error.status_code in _HOPELESS:
                raise ModelError(
                    self._endpoint, f"the endpoint answers {error.status_code}", "check endpoint, model name and key"
                ) from error
            return Silence("server-error", str(error.status_code))
        except ModelConnectionError as error:
            return Silence("no-connection", error.phase or "")
        except ModelAPIError:
            return Silence("server-error")
        version = "".join(char for char in result.response.model_name or "" if char.isprintable())[:_LONGEST_VERSION]
        return Answer(tuple(result.output.facts), version or "unknown")

    def close(self) -> None:
        """Close the connections."""
        self._runner.run(self._http.aclose())
