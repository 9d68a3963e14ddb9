"""Write a file or a folder whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import BuildError
from kg.wording import Wording


def unwritable(path: Path, error: OSError) -> BuildError:
    """Return the error of a place that may not be written to."""
    what = Wording(f"无法写入（{error.strerror}）", f"cannot be written ({error.strerror})")
    return BuildError(path, what, Wording("请选一个可写的文件夹", "choose a folder that you may write to"))


def unwritten(path: Path, error: Exception, earlier: Wording) -> BuildError:
    """Return the error of what could not be written to its end; ``earlier`` names what is still there as it was."""
    why = getattr(error, "strerror", None) or error
    what = Wording(f"没有写成（{why}）", f"was not written ({why})")
    remedy = Wording(
        f"请腾出磁盘空间后重新运行；先前的{earlier.zh}完好", f"free disk space and run again; the earlier {earlier.en} is intact"
    )
    return BuildError(path, what, remedy)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a temporary file beside ``path``; on success it takes the place of ``path`` in one step.

    When the body raises, or the disk is full, ``path`` keeps its earlier content and the temporary file is removed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
    except OSError as error:
        raise unwritable(path, error) from error
    temporary = Path(handle.name)
    try:
        with handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise unwritten(path, error, Wording("文件", "file")) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` as UTF-8 with ``\\n`` line ends, whole or not at all."""
    with replacing(path) as handle:
        handle.write(text.encode("utf-8"))


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """Yield a new folder beside ``path``; on success it takes the place of ``path``, else ``path`` keeps its content.

    A folder cannot be replaced in one step: the earlier one is put aside as ``.<name>.previous`` for an instant. Should the
    program be killed in that instant, ``restore_folder`` puts it back.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        restore_folder(path)
        for leftover in path.parent.glob(f".{path.name}.new-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.new-"))
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        yield temporary
        temporary.chmod(0o755)
        put_in_place(temporary, path)
    except OSError as error:
        raise unwritten(path, error, Wording("文件夹", "folder")) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def restore_folder(path: Path) -> None:
    """Put the earlier folder back if the program was killed while it was being replaced."""
    previous = _previous(path)
    if not path.exists() and previous.is_dir():
        previous.rename(path)


def _previous(path: Path) -> Path:
    return path.parent / f".{path.name}.previous"


def put_in_place(temporary: Path, path: Path) -> None:
    """Let the folder ``temporary`` take the place of ``path``; an interrupt leaves the earlier one."""
    previous = _previous(path)
    shutil.rmtree(previous, ignore_errors=True)
    try:
        if path.exists():
            path.rename(previous)
        temporary.rename(path)
    except BaseException:  # also an interrupt between the two steps
        restore_folder(path)
        raise
    shutil.rmtree(previous, ignore_errors=True)
