"""Adding one report to a large graph beside adding it to a small one: time and bytes written; memory of whole builds.

Reports are made of paragraphs of the bundled report, drawn anew for each (same arguments, same bytes), with a city of its own.
The same report, and the bundled one, is added to a copy of each graph in turn, in interleaved rounds; printed are medians and
[lowest - highest], and the medians of the ratios of the rounds. ``--churn`` adds to one and the same graph and takes out again what it
added, so that the engine also merges what the rounds before left. Bytes are those handed to write calls by this process (Linux).
Memory is the largest resident size of a process that makes a whole build from nothing, and of the largest of its workers.

    python benchmarks/growing.py [--sizes 10 100 1000] [--rounds 3] [--paragraphs 4] [--churn]
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from kg.build import build
from kg.resources import resource

BUNDLED = resource("graph") / "reports" / "wenzhou-huzhou-2020"
Cost = tuple[float, float, float]  # seconds, seconds of processor time, megabytes written
_BUILD = """
import resource, sys, time
from pathlib import Path
from kg.build import build
began = time.monotonic()
build(None, Path(sys.argv[1]))
print(time.monotonic() - began, *(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


def write_report(folder: Path, number: int, paragraphs: int) -> None:
    """Write the report of a number."""
    draw = random.Random(number)
    whole = [line for line in (BUNDLED / "report.txt").read_text("utf-8").splitlines() if len(line) > 60]
    city = "".join(draw.choice("云川临江海宁山阳清安平乐") for _ in range(2)) + "市"
    text = "\n".join([city, *(line.replace("温州市", city) for line in draw.sample(whole, paragraphs))]) + "\n"
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(text, encoding="utf-8")
    (folder / "report.toml").write_text(f'title = "{city}科技创新"\n[issued]\ndate = "2021"\n', encoding="utf-8")


def written() -> int:
    """Return the bytes that this process has handed to write calls."""
    said = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(said["wchar"])


def add(graph: Path, added: Path, churn: bool) -> Cost:
    """Return the cost of adding a report to a copy of ``graph``, or with ``churn`` to itself, where it is taken out again."""
    target = graph if churn else _linked(graph)
    place = target / "reports" / "zz-added"
    shutil.copytree(added, place)
    began, spent, before = time.monotonic(), time.process_time(), written()
    build(None, target)
    took = time.monotonic() - began, time.process_time() - spent, (written() - before) / 1e6
    shutil.rmtree(place if churn else target)
    if churn:
        build(None, graph)
    return took


def _linked(graph: Path) -> Path:
    """Return a copy of a graph that shares its files, none of which a build changes but the ledger's."""
    copy = graph.with_name(f"{graph.name}-copy")
    shutil.copytree(graph, copy, copy_function=os.link, ignore=shutil.ignore_patterns(".shards"))
    shutil.copytree(graph / ".shards", copy / ".shards")
    return copy


def shown(values: Sequence[float]) -> str:
    return f"{statistics.median(values):8.3f} [{min(values):.3f} - {max(values):.3f}]"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--paragraphs", type=int, default=4)
    parser.add_argument("--churn", action="store_true", help="add to one graph and take out again, round by round")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write_report(root / "small", 10**6, args.paragraphs)
        for size in args.sizes:
            graph = root / f"of-{size}"
            for number in range(size):
                write_report(graph / "reports" / f"r{number}", number, args.paragraphs)
            run = subprocess.run([sys.executable, "-c", _BUILD, str(graph)], capture_output=True, text=True, check=True)
            seconds, own, worker = map(float, run.stdout.split())
            print(
                f"{size:6,} reports from nothing {seconds:8.1f} s   {own / 1024:6.0f} MB, largest worker {worker / 1024:.0f} MB", flush=True
            )
        for what, added in (("one like the others", root / "small"), ("the bundled report", BUNDLED)):
            found: dict[int, list[Cost]] = {size: [] for size in args.sizes}
            for _ in range(args.rounds):
                for size in args.sizes:
                    found[size].append(add(root / f"of-{size}", added, args.churn))
            for size, all_ in found.items():
                times, processor, sent = zip(*all_, strict=True)
                print(f"{what:20} added to {size:6,} {shown(times)} s   processor {shown(processor)} s   {shown(sent)} MB")
            pairs = zip(found[args.sizes[0]], found[args.sizes[-1]], strict=True)
            ratios = [[large / small for small, large in zip(*pair, strict=True)] for pair in pairs]
            time_, processor, sent = map(statistics.median, zip(*ratios, strict=True))
            sizes = f"{args.sizes[-1]:,} / {args.sizes[0]:,}"
            print(f"{what:20} {sizes}   time {time_:.2f}   processor {processor:.2f}   bytes {sent:.2f}   at most 2", flush=True)


if __name__ == "__main__":
    main()
