"""Read a file in a process of its own, so that one made to hang, to crash or to eat memory harms nothing else.

Run as ``python -m kg.sources.apart <media type>``: the file comes in on standard input, the source leaves as one JSON line.
"""

import json
import subprocess
import sys
from collections.abc import Callable

from kg.errors import ReportError
from kg.sources.limits import MOST_MEMORY, MOST_SECONDS
from kg.sources.positions import position_record, read_position
from kg.sources.source import MEDIA_TYPES, Source

Reader = Callable[[bytes, object], Source]


def reader_of(media_type: str) -> Reader:
    """Return the function that reads files of ``media_type``."""
    if media_type == MEDIA_TYPES[".pdf"]:
        from kg.sources.pdf import read_pdf

        return read_pdf
    if media_type == MEDIA_TYPES[".docx"]:
        from kg.sources.docx import read_docx

        return read_docx
    from kg.sources.html import read_html

    return read_html


def read_apart(data: bytes, media_type: str, where: object, *, seconds: float = MOST_SECONDS) -> Source:
    """Return what ``reader_of(media_type)`` makes of ``data``; raise its ``ReportError``, or one when it hangs or crashes."""
    if not sys.executable:  # a program that carries Python inside it cannot start it again
        return reader_of(media_type)(data, where)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _CHILD.format(path=sys.path), media_type],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise ReportError(where, f"reading takes longer than {seconds:.0f} seconds", "save its text as a new document") from error
    except (OSError, ValueError) as error:
        raise ReportError(
            where, "this file breaks its reader; it is damaged or made to do harm", "save its text as a new document"
        ) from error
    if "what" in answer:
        raise ReportError(where, answer["what"], answer["remedy"])
    positions = tuple(read_position(record) for record in answer["positions"])
    return Source(answer["text"], media_type, positions, notes=tuple(answer["notes"]))


# the child finds its modules where this program found them, whatever the environment says
_CHILD = "import sys; sys.path[:] = {path!r}; from kg.sources.apart import main; main()"


def main() -> None:
    """Read standard input, print the source or the refusal."""
    _limit_memory()
    try:
        source = reader_of(sys.argv[1])(sys.stdin.buffer.read(), "")
        answer = {"text": source.text, "positions": [position_record(p) for p in source.positions], "notes": source.notes}
    except ReportError as error:
        answer = {"what": error.what, "remedy": error.remedy}
    except (MemoryError, RecursionError):
        answer = {"what": "reading needs more memory than a report can", "remedy": "save its text as a new document"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii", "backslashreplace"))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # a system without limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
