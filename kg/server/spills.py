"""The folder of answers that are too long to be kept in memory: gone with the server, or with the next one if it was killed."""

import fcntl
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_PREFIX = "kg-serve-"
_YOUNG = 60.0  # seconds in which a folder may not be locked yet by the server that made it


class Spills:
    """A folder for files that live a moment; it is locked as long as its server lives."""

    def __init__(self) -> None:
        _sweep(Path(tempfile.gettempdir()))
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = os.open(self.folder, os.O_RDONLY)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def cleanup(self) -> None:
        """Remove the folder with all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)


def _sweep(temporary: Path) -> None:
    """Remove the folders of servers of this user that are gone: nobody holds their lock."""
    for folder in temporary.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # of another user, or just removed by another server
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                about = os.fstat(lock)
                if about.st_uid == os.getuid() and time.time() - about.st_mtime > _YOUNG:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
