"""``make bench``: the same pages over 41 and over 100,000 pathways, on both databases, and the import; see build/bench.json.

Figures depend on the machine; the ratios do so far less. The goals are printed beside what was measured.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.bench.scratch import surroundings  # noqa: E402  the project's folder comes first
from tools.postgresql import scratch_server  # noqa: E402

SMALL, LARGE = 41, int(os.environ.get("BENCH_SIZE", "100000"))
FEW, MANY = 1_000, 10_000
MOST_QUERIES = {
    "my_day": 15,
    "referral_list": 10,
    "pathway": 25,
    "search": 10,
    "agenda": 15,
    "inbox": 10,
    "portal": 15,
    "figures": 15,
}
RATIO_GOAL = 1.3
TURNS = 5


def step(name: str, size: int, env: dict[str, str]) -> dict[str, Any]:
    """One step of a measurement, in a process of its own."""
    with tempfile.NamedTemporaryFile(prefix="intrek-bench-", suffix=".json") as out:
        command = [sys.executable, "-m", "tools.bench.run", name, str(size), out.name]
        subprocess.run(command, env=env, check=True, cwd=ROOT)
        return json.loads(Path(out.name).read_text())


@contextmanager
def installation(name: str) -> Iterator[dict[str, str]]:
    """The surroundings of a process on an empty database of this kind."""
    with tempfile.TemporaryDirectory(prefix="intrek-bench-") as folder:
        if name == "sqlite":
            yield surroundings(folder, {})
        else:
            with scratch_server() as addresses:
                yield surroundings(folder, addresses)


def compared(name: str) -> dict[str, dict[str, float]]:
    """Every page on one kind of database: 41 against the large number, and one row against a full page.

    The sizes are opened in turn, a few times each, as a machine is slower one minute than the next.
    """
    runs: dict[int, list[Any]] = {1: [], SMALL: [], LARGE: []}
    with ExitStack() as stack:
        found = {size: stack.enter_context(installation(name)) for size in runs}
        for size, env in found.items():
            print(f"{name}: {size} pathways …", flush=True)
            step("fill", size, env)
        for turn in range(TURNS):
            # One row is opened for its number of queries alone.
            for size in (SMALL, LARGE) if turn else runs:
                runs[size].append(step("pages", size, found[size])["pages"])
    return {page: _compared(page, runs) for page in runs[LARGE][0]}


def _compared(page: str, runs: dict[int, list[Any]]) -> dict[str, float]:
    def middle(size: int, figure: str) -> float:
        return statistics.median(each[page][figure] for each in runs[size])

    return {
        "ratio": round(middle(LARGE, "median_ms") / middle(SMALL, "median_ms"), 2),
        "median_ms": round(middle(LARGE, "median_ms"), 2),
        "median_ms_41": round(middle(SMALL, "median_ms"), 2),
        "p95_ms": round(middle(LARGE, "p95_ms"), 2),
        "floor_ms": round(middle(LARGE, "floor_ms"), 2),
        "queries_1": middle(1, "queries"),
        "queries_30": middle(SMALL, "queries"),
        "queries_many": middle(LARGE, "queries"),
    }


def imported() -> dict[str, float]:
    """The import of a long list, and how its time grows with its length."""
    found = []
    for rows in (FEW, MANY):
        with installation("sqlite") as env:
            found.append(step("import", rows, env))
    few, many = found
    return {
        "rows": MANY,
        "seconds": round(many["seconds"], 1),
        "peak_mib": round(many["peak_mib"], 1),
        "growth": round(many["seconds"] / few["seconds"], 1),
    }


def told(pages: dict[str, dict[str, dict[str, float]]]) -> None:
    """The figures as a table, each with its goal."""
    print(
        f"\n{'page':<15}{'database':<12}{'ratio':>7}{'median':>9}{'p95':>8}{'floor':>8}{'q 1':>5}{'q 30':>6}{'q many':>8}  goal"
    )
    for page, found in pages.items():
        for name, each in found.items():
            goal = f"≤ {RATIO_GOAL} ×" if page != "figures" else "< 500 ms"
            figures = f"{each['ratio']:>7}{each['median_ms']:>9}{each['p95_ms']:>8}{each['floor_ms']:>8}"
            print(
                f"{page:<15}{name:<12}{figures}{each['queries_1']:>5}{each['queries_30']:>6}{each['queries_many']:>8}  {goal}, {MOST_QUERIES[page]} queries"
            )


def main() -> None:
    """Measure everything and write build/bench.json."""
    by_database = {name: compared(name) for name in ("sqlite", "postgresql")}
    pages = {page: {name: found[page] for name, found in by_database.items()} for page in by_database["sqlite"]}
    told(pages)
    report = {"pathways": LARGE, "pages": pages, "import": imported()}
    print("import", report["import"])
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "bench.json").write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
