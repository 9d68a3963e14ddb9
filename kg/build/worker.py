"""A process of the pool: ``python -m kg.build.worker``, started by ``kg.build.pool``, speaks over its standard streams."""

import json
import os
import signal
import sys
from pathlib import Path
from typing import IO

from kg.build.inputs import Inputs
from kg.build.making import Maker


def work(maker: Maker, asked: IO[bytes], said: IO[bytes]) -> None:
    """Make the reports of each line asked, and say ``made`` or ``refused`` for each; ends when nobody asks any more."""
    for line in asked:
        for report, key in json.loads(line):
            try:
                maker.report(report, key)
                answer = b"made\n"
            except Exception:  # the build that asks makes it once more and so meets the error itself
                answer = b"refused\n"
            said.write(answer)
            said.flush()


def main() -> None:
    """Serve the build that started this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which then ends this process
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    *inputs, folder = map(Path, sys.argv[1:])
    try:
        work(Maker(Inputs(*inputs), folder), sys.stdin.buffer, answers)
    except BrokenPipeError:  # the build is gone
        os._exit(1)


if __name__ == "__main__":
    main()
