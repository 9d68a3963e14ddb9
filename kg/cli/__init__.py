"""The command line ``kg``: parse, call one function, print.

Exit status: 0 fine, 1 findings (a check that found something, a built graph that is out of date), 2 could not run.
``-`` stands for standard input or output. Heavy modules are imported inside the command that needs them.
"""

import os
import sys

from kg.cli import making, asking, looking, measuring, serving, reviewing, keeping  # isort: skip  (the order in which help lists the commands)
from kg.cli.options import app

__all__ = ["app", "asking", "keeping", "looking", "main", "making", "measuring", "reviewing", "serving"]


@app.callback()
def top() -> None:
    """Knowledge graph of the innovation ecosystem: every statement carries its sentence. 创新生态知识图谱：每条陈述都带着原句。"""


def main() -> None:
    """Run the command line; an error that the user can mend is one line on standard error and exit status 2."""
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
