"""``make matrix``: every page, asked by everybody in every relation, on both databases; figures in build/matrix.json.

A cell is one address asked by one member: what it answers, what of whom it tells, and what the record says of it, held against the
reference in tests/access/reference.py, which is written in words and shares no code with the policy.
"""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WALK = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "tests/access/test_every_page.py"]
DATABASES = ("sqlite", "postgresql")
NEVER = ("wrong", "foreign", "undeclared", "missing", "extra")
LEAST_CELLS, MOST_OUTSIDE = 20_000, 1 / 3


def walked(name: str) -> dict[str, Any]:
    """The walk on one kind of database."""
    with tempfile.TemporaryDirectory(prefix="intrek-matrix-") as folder:
        out = Path(folder) / "out.json"
        env = {each: value for each, value in os.environ.items() if each != "DATABASE_URL"} | {"MATRIX": str(out)}
        command = WALK if name == "sqlite" else [sys.executable, str(ROOT / "tools" / "postgresql.py"), *WALK]
        done = subprocess.run(command, cwd=ROOT, env=env, check=False)
        found: dict[str, Any] = json.loads(out.read_text())
    return found | {"green": done.returncode == 0}


def main() -> int:
    """Walk on both and write what was found."""
    with ThreadPoolExecutor() as pool:
        found = dict(zip(DATABASES, pool.map(walked, DATABASES), strict=True))
    report: dict[str, Any] = {key: sum(each[key] for each in found.values()) for key in ("cells", "outside", *NEVER)}
    report["access_queries"] = max(each["access_queries"] for each in found.values())
    # Not found and not allowed take as long as each other; a figure of this machine, told and not judged.
    report["refused_to_not_found"] = {name: each["refused_to_not_found"] for name, each in found.items()}
    report["databases"] = found
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "matrix.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))
    holds = all(each["green"] for each in found.values()) and not any(report[name] for name in NEVER)
    enough = report["cells"] >= LEAST_CELLS and report["outside"] <= report["cells"] * MOST_OUTSIDE
    return 0 if holds and enough else 1


if __name__ == "__main__":
    sys.exit(main())
