"""A model server on this machine that speaks the OpenAI-compatible protocol and answers as a test tells it to."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Say = Callable[[str], "str | Plain"]  # from the passage that was asked about to what the model says of it


@dataclass(frozen=True, slots=True)
class Plain:
    """A bare HTTP answer instead of a chat completion; ``after`` seconds, ``drip`` seconds between its bytes."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0
    drip: float = 0


@dataclass
class ModelServer:
    """Where the server listens and what it was asked: path, headers and JSON body of each request."""

    endpoint: str
    requests: list[tuple[str, dict[str, str], dict[str, Any]]]

    @property
    def passages(self) -> list[str]:
        """The passages that were asked about, as the model was shown them."""
        return [body["messages"][-1]["content"] for _, _, body in self.requests]


@contextmanager
def model_server(say: Say, version: str = "tiny-2026-11-01") -> Iterator[ModelServer]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}, body))
            said = say(body["messages"][-1]["content"])
            answer = said if isinstance(said, Plain) else Plain(body=completion(said, version))
            closing.wait(answer.after)
            self.send_response(answer.status)
            for key, value in {"Content-Type": "application/json", "Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(key, value)
            self.end_headers()
            try:
                self.write(answer)
            except OSError:
                self.close_connection = True  # the client has heard enough

        def write(self, answer: Plain) -> None:
            if not answer.drip:
                self.wfile.write(answer.body)
                return
            for i in range(len(answer.body)):
                if closing.is_set():
                    return
                self.wfile.write(answer.body[i : i + 1])
                time.sleep(answer.drip)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield ModelServer(f"http://127.0.0.1:{server.server_port}/v1", asked)
    finally:
        closing.set()
        server.shutdown()
        server.server_close()


def completion(content: str, version: str) -> bytes:
    """Return the body of a chat completion that says ``content``."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    return json.dumps({"id": "1", "object": "chat.completion", "created": 1, "model": version, "choices": [choice]}).encode()
