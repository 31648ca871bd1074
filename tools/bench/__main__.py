"""``make bench``: the same pages over 41 and over 100,000 pathways, on both databases, and the import; see build/bench.json.

Figures depend on the machine; the ratios do so far less. The goals are printed beside what was measured.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.bench.scratch import surroundings  # noqa: E402  the project's folder comes first
from tools.postgresql import scratch_server  # noqa: E402

SMALL, LARGE = 41, int(os.environ.get("BENCH_SIZE", "100000"))
FEW, MANY = 1_000, 10_000
MOST_QUERIES = {"my_day": 15, "referral_list": 10, "pathway": 25, "search": 10, "figures": 15}
RATIO_GOAL = 1.3


def measured(kind: str, size: int, addresses: dict[str, str]) -> dict[str, Any]:
    """One measurement on an empty database, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="intrek-bench-") as folder:
        out = Path(folder) / "out.json"
        env = surroundings(folder, addresses)
        subprocess.run(
            [sys.executable, "-m", "tools.bench.run", kind, str(size), str(out)], env=env, check=True, cwd=ROOT
        )
        return json.loads(out.read_text())


@contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """The variables that name an empty database of this kind; none for SQLite in the scratch folder."""
    if name == "sqlite":
        yield {}
    else:
        with scratch_server() as addresses:
            yield addresses


def compared(name: str) -> dict[str, dict[str, float]]:
    """Every page on one kind of database: 41 against the large number, and one row against a full page."""
    runs = {}
    for size in (1, SMALL, LARGE):
        print(f"{name}: {size} pathways …", flush=True)
        with database(name) as addresses:
            runs[size] = measured("pages", size, addresses)["pages"]
    return {
        page: {
            "ratio": round(runs[LARGE][page]["median_ms"] / runs[SMALL][page]["median_ms"], 2),
            "median_ms": round(large["median_ms"], 2),
            "median_ms_41": round(runs[SMALL][page]["median_ms"], 2),
            "p95_ms": round(large["p95_ms"], 2),
            "floor_ms": round(large["floor_ms"], 2),
            "queries_1": runs[1][page]["queries"],
            "queries_30": runs[SMALL][page]["queries"],
        }
        for page, large in runs[LARGE].items()
    }


def imported() -> dict[str, float]:
    """The import of a long list, and how its time grows with its length."""
    few, many = measured("import", FEW, {}), measured("import", MANY, {})
    return {
        "rows": MANY,
        "seconds": round(many["seconds"], 1),
        "peak_mib": round(many["peak_mib"], 1),
        "growth": round(many["seconds"] / few["seconds"], 1),
    }


def told(pages: dict[str, dict[str, dict[str, float]]]) -> None:
    """The figures as a table, each with its goal."""
    print(f"\n{'page':<15}{'database':<12}{'ratio':>7}{'median':>9}{'p95':>8}{'floor':>8}{'q 1':>5}{'q 30':>6}  goal")
    for page, found in pages.items():
        for name, each in found.items():
            goal = f"≤ {RATIO_GOAL} ×" if page != "figures" else "< 500 ms"
            figures = f"{each['ratio']:>7}{each['median_ms']:>9}{each['p95_ms']:>8}{each['floor_ms']:>8}"
            print(
                f"{page:<15}{name:<12}{figures}{each['queries_1']:>5}{each['queries_30']:>6}  {goal}, {MOST_QUERIES[page]} queries"
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
