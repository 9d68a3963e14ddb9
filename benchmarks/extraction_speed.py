"""Extraction of the first report beside jieba.posseg.cut on the same text, in one process, turn by turn.

Prints the median of each in milliseconds of processor time, which other programs of the machine disturb least, the median of the
ratios of the rounds, the time for 10 copies of the text over 10 times the time for one (1.0 is linear), and with ``--memory`` the
time and the peak resident memory of a 10 MB text. Dictionaries are loaded before the clock starts.
"""

import logging
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from kg.extract import find_facts
from kg.report import Report, read_report
from kg.resources import resource as folder

ROUNDS = 15


def milliseconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def copies(report: Report, n: int) -> Report:
    return replace(report, text=report.text * n)


def long_text(report: Report) -> None:
    """Print time and peak resident memory of a 10 MB text; to be asked first, before anything else is loaded."""
    large = copies(report, 10_000_000 // len(report.text.encode()))
    seconds = milliseconds(lambda: find_facts(large)) / 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"10 MB text          {seconds:8.1f} s, peak {peak:.0f} MB resident")


def main() -> None:
    report = read_report(folder("graph") / "reports" / "wenzhou-huzhou-2020")
    if "--memory" in sys.argv:
        long_text(report)
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    find_facts(report)
    list(jieba.posseg.cut(report.text))
    ours, theirs, tenfold = [], [], []
    for _ in range(ROUNDS):
        ours.append(milliseconds(lambda: find_facts(report)))
        theirs.append(milliseconds(lambda: list(jieba.posseg.cut(report.text))))
    for _ in range(3):
        tenfold.append(milliseconds(lambda: find_facts(copies(report, 10))))
    a, b, c = (statistics.median(x) for x in (ours, theirs, tenfold))
    print(f"{len(report.text)} characters, median of {ROUNDS} rounds")
    print(f"extraction          {a:8.1f} ms   [{min(ours):.1f} - {max(ours):.1f}]")
    print(f"jieba.posseg.cut    {b:8.1f} ms   [{min(theirs):.1f} - {max(theirs):.1f}]")
    print(f"ratio               {statistics.median(x / y for x, y in zip(ours, theirs, strict=True)):8.2f}")
    print(f"10 copies / 10      {c / 10 / a:8.2f}")


if __name__ == "__main__":
    main()
