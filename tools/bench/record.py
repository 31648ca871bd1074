"""``make bench-record``: can a daily-used installation bear the record? Written to build/record.json.

Four processes read pages at full speed for a minute on one SQLite file, each page with its look, while the record is sealed; and a
record of a million rows is verified, on both databases.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.bench.scratch import surroundings  # noqa: E402  the project's folder comes first
from tools.postgresql import scratch_server  # noqa: E402

READERS, SECONDS = 4, int(os.environ.get("BENCH_SECONDS", "60"))
ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))


def run(part: str, *args: str, folder: str, addresses: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """One part in a process of its own, on the database of a folder or of these addresses."""
    env = surroundings(folder, addresses or {})
    command = [sys.executable, "-m", "tools.bench.record_parts", part, *args]
    return subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def result(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a part printed last."""
    said, _nothing = process.communicate()
    if process.returncode:
        raise RuntimeError(said)
    found: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return found


def crowd() -> dict[str, Any]:
    """Four readers and a sealer for a minute on SQLite."""
    with tempfile.TemporaryDirectory(prefix="intrek-bench-") as folder:
        result(run("fill", folder=folder))
        readers = [run("read", str(SECONDS), folder=folder) for _ in range(READERS)]
        sealer = run("keep-sealing", str(SECONDS), folder=folder)
        found = [result(each) for each in readers]
        sealed = result(sealer)
        checked = result(run("verify", folder=folder))
    pages = sum(each["pages"] for each in found)
    return {
        "readers": READERS,
        "seconds": SECONDS,
        "pages": pages,
        "pages_per_second": round(pages / SECONDS, 1),
        "locked": sum(each["locked"] for each in found) + sealed["locked"],
        "slowest_ms": max(each["slowest_ms"] for each in found),
        "looks": checked["looks"],
        "faults": checked["faults"],
    }


def long_record(addresses: dict[str, str]) -> dict[str, Any]:
    """A record of a million rows: written, sealed, verified."""
    with tempfile.TemporaryDirectory(prefix="intrek-bench-") as folder:
        return result(run("long", str(ROWS), folder=folder, addresses=addresses))


def main() -> None:
    """Measure and write what was found."""
    report: dict[str, Any] = {"crowd": crowd()}
    print(report["crowd"], flush=True)
    report["sqlite"] = long_record({})
    print("sqlite", report["sqlite"], flush=True)
    with scratch_server() as addresses:
        report["postgresql"] = long_record(addresses)
    print("postgresql", report["postgresql"], flush=True)
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "record.json").write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
