"""Scans and aggregates in engines that keep columns: duckdb over one table of triples, maplib. For ``store_speed.py --columns``.

Runs in a Python of its own, which has duckdb and maplib installed (pip install duckdb maplib); needs nothing of this project. Reads
questions as JSON from standard input: name to SPARQL, and prints for each engine and question the fastest of three rounds in
seconds of processor time, and the number of rows. Both engines use one thread, as the store does for one question.

    python benchmarks/column_engines.py FILE.nq < questions.json
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

GRAPH = " <https://w3id.org/rieco/graph/"
RIE = "<https://w3id.org/rieco/ontology#{}>"
SQL = {
    "scan: types": "SELECT o, count(*) FROM t WHERE p = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>' GROUP BY o",
    "scan: indicator ranking": f"""SELECT v.s, v.o FROM t i JOIN t v ON v.s = i.s AND v.p = '{RIE.format("value")}'
        WHERE i.p = '{RIE.format("indicator")}' AND i.o = '<https://w3id.org/rieco/id/c-5>'
        ORDER BY CAST(regexp_extract(v.o, '^"([^"]*)"', 1) AS DECIMAL(18, 2)) DESC, v.s LIMIT 10""",
    "scan: words in quotes": "SELECT s FROM t WHERE p = '<http://www.w3.org/ns/oa#exact>' AND contains(o, '创新 量子 园区')",
    "scan: moves": f"""SELECT a.o, b.o, count(*) FROM t a JOIN t b ON a.s = b.s AND b.p = '{RIE.format("representedBy")}' AND a.o <> b.o
        WHERE a.p = '{RIE.format("leads")}' GROUP BY 1, 2""",
}


def best(way: Callable[[], int]) -> dict[str, float]:
    spent = []
    for _ in range(3):
        began = time.process_time()
        rows = way()
        spent.append(time.process_time() - began)
    return {"seconds": min(spent), "rows": rows}


def of_duckdb(file: Path, names: list[str]) -> dict[str, dict[str, float]]:
    import duckdb

    engine = duckdb.connect(":memory:")
    engine.execute("SET threads = 1")
    engine.execute(
        f"""CREATE TABLE t AS SELECT DISTINCT l[:i - 1] AS s, l[i + 1 : j - 1] AS p, l[j + 1 : position('{GRAPH}' IN l) - 1] AS o FROM
        (SELECT l, i, i + position(' ' IN l[i + 1 :]) AS j FROM (SELECT l, position(' ' IN l) AS i FROM read_csv('{file}', delim='\x01',
        quote='', escape='', header=false, columns={{'l': 'VARCHAR'}}, auto_detect=false))) ORDER BY p, s"""
    )
    return {name: best(lambda sql=SQL[name]: len(engine.execute(sql).fetchall())) for name in names}  # type: ignore[misc]


def of_maplib(file: Path, questions: dict[str, str]) -> dict[str, dict[str, float]]:
    from maplib import Model

    model = Model()
    with tempfile.TemporaryDirectory() as folder:
        triples = Path(folder) / "all.nt"
        with file.open(encoding="utf-8") as lines, triples.open("w", encoding="utf-8") as target:
            target.writelines(f"{line[: line.rindex(GRAPH)]} .\n" for line in lines)
        model.read(str(triples), format="ntriples")
    return {name: best(lambda text=text: len(model.query(text))) for name, text in questions.items()}  # type: ignore[misc]


def main() -> None:
    os.environ["POLARS_MAX_THREADS"] = os.environ["RAYON_NUM_THREADS"] = "1"
    questions = json.load(sys.stdin)
    file = Path(sys.argv[1])
    print(json.dumps({"duckdb": of_duckdb(file, list(questions)), "maplib": of_maplib(file, questions)}))


if __name__ == "__main__":
    main()
