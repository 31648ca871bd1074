"""``make matrix-controls``: takes one guard away at a time and looks whether the walk over every page turns red; build/matrix-controls.json.

A walk that stays green without a guard proves nothing of it. Each control is made in a copy; the guards of this tree stay where they are.
Not tried are guards that stand behind another one, which the walk rightly does not miss: that ``visible_to`` shows nobody to a role
without any page of persons (tests/access/test_visible.py), that a referral is looked up within what is visible before its answers are
asked for.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parent.parent
TABLES = "TABLES"  # the name of tables that are made already (tests/plugins/tables.py)
WALK = ["tests/access/test_every_page.py", "tests/accounts/test_headers.py"]
LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "build", "data", ".cache", "__pycache__")
ACCESS, PORTAL = "intrek/ground/access", "intrek/windows/portal/queries"


@dataclass(frozen=True)
class Control:
    """A guard that is taken away: in which file, what stands there, and what stands there without it."""

    name: str
    file: str
    guard: str
    without: str

    def taken_from(self, folder: Path) -> str:
        """The file without the guard. Raises LookupError when the guard has moved: then nothing would be tried."""
        path = folder / self.file
        whole = path.read_text(encoding="utf-8") if path.exists() else ""
        if whole.count(self.guard) != 1:
            raise LookupError(f"{self.name}: the guard stands {whole.count(self.guard)} times in {self.file}")
        return whole.replace(self.guard, self.without)


CONTROLS = (
    Control("scope: the person of a pathway", "intrek/ground/people/views/person.py", "Person.objects.visible_to(request.member)", "Person.objects.filter()"),
    Control("scope: a stay", "intrek/story/placement/views/stay.py", "Placement.objects.visible_to(request.member)", "Placement.objects"),
    Control("scope: names around a dwelling", "intrek/story/allocation/queries/stock.py", "Pathway.objects.visible_to(member).filter(pk__in=around)", "Pathway.objects.filter(pk__in=around)"),
    Control("scope: the programme", f"{ACCESS}/queries.py", "own = rows.filter(programme_id=member.programme_id)", "own = rows"),
    Control("scope: what is shared, to whom", f"{PORTAL}/shared.py", "Pathway.objects.visible_to(member, grounds=SHARED_GROUNDS)", "Pathway.objects.filter(programme_id=member.programme_id)"),
    Control("field filter: kinds of a referral", "intrek/story/referral/queries/sections.py", "if plan.category in categories and track in plan.tracks", "if track in plan.tracks"),
    Control("field filter: care without secrecy", f"{ACCESS}/policy.py", "kept = most - CARE if ground in SHARED_GROUNDS and not bound else most", "kept = most"),
    Control("field filter: care to a landlord", f"{ACCESS}/policy.py", "(H, Ground.SHARE): EVERYTHING - CARE", "(H, Ground.SHARE): EVERYTHING"),
    Control("field filter: support of a shared file", f"{PORTAL}/shared.py", "has_support = Category.SUPPORT in opened", "has_support = True"),
    Control("grant: a protocol in force", f"{ACCESS}/queries.py", "filter(~Q(ground__in=sorted(SHARED_GROUNDS)) | Exists(protocol))", "filter()"),
    Control("grant: what was taken back", f"{ACCESS}/actions.py", "    shared.grants.filter(until_on__gt=last_day).update(until_on=last_day)\n", ""),
    Control("grant: a file of another team, for an hour", f"{ACCESS}/queries.py", "opened_at__lte=at, until_at__gt=at", "opened_at__lte=at"),
    Control("permission: the pages of a person", f"{ACCESS}/policy.py", '"people.read": TEAM,', '"people.read": EVERYONE,'),
    Control("permission: who looked", f"{ACCESS}/policy.py", '"journal.looks": (C, D),', '"journal.looks": EVERYONE,'),
    Control("message: closed when sight ended", "intrek/ground/post/queries.py", "return set(granted) if pathway_ids else set()", "return pathway_ids"),
    Control("look: a person that is read", "intrek/ground/people/models.py", "        eyes.see(found.pk)\n", ""),
    Control("look: a message that is read", "intrek/ground/post/queries.py", "        eyes.see(pathway_id)  # a message tells of somebody, and loads no person\n", "        pass\n"),
    Control("look: what was refused", f"{ACCESS}/middleware.py", "is_refused = response.status_code in {403, 404} and match is not None", "is_refused = False"),
    Control("header: kept by no cache", "intrek/ground/accounts/headers.py", '            response["Cache-Control"] = "no-store"\n', "            pass\n"),
    Control("header: nothing left at signing out", "intrek/ground/accounts/headers.py", """            response["Clear-Site-Data"] = '"cache", "storage"'\n""", "            pass\n"),
)  # fmt: skip


NOTHING = Control("nothing taken away", "README.md", "# Intrek", "# Intrek")
AT_ONCE = 2
PASSED, FAILED = 0, 1  # what pytest answers when every test passed, and when one did not


def caught(control: Control, copy: Path) -> bool:
    """Whether the walk is red without this guard."""
    path = copy / control.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(control.taken_from(copy), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:xdist", *WALK]
    # No guard stands in a table: those of the first walk serve all.
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {TABLES: "controls"}
    done = subprocess.run(command, cwd=copy, env=env, check=False, capture_output=True, text=True)
    path.write_text(whole, encoding="utf-8")
    # A test that failed, and not a copy that does not even start.
    if done.returncode not in {PASSED, FAILED}:
        raise RuntimeError(f"{control.name}: the walk did not run.\n{done.stdout}{done.stderr}")
    return done.returncode == FAILED


def tried(control: Control, copies: Queue[Path]) -> bool:
    """The same in whichever copy is free, said as soon as it is known."""
    copy = copies.get()
    found = caught(control, copy)
    copies.put(copy)
    if control is not NOTHING:
        print(f"{'caught' if found else 'MISSED'}  {control.name}", flush=True)
    return found


def main() -> int:
    """Try every control, and first none: a walk that is red from the start proves nothing either."""
    copies: Queue[Path] = Queue()
    with tempfile.TemporaryDirectory(prefix="intrek-controls-") as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        for number in range(AT_ONCE):
            copies.put(Path(shutil.copytree(ROOT, Path(folder) / f"copy{number}", ignore=LEFT_OUT)))
        if any(pool.map(partial(tried, copies=copies), [NOTHING] * AT_ONCE)):
            raise SystemExit("The walk is red with every guard in its place.")
        results = list(pool.map(partial(tried, copies=copies), CONTROLS))
    found = {control.name: is_caught for control, is_caught in zip(CONTROLS, results, strict=True)}
    report = {"tried": len(found), "caught": sum(found.values()), "controls": found}
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "matrix-controls.json").write_text(json.dumps(report, indent=2) + "\n")
    print(report["tried"], "tried,", report["caught"], "caught")
    return 0 if report["caught"] == report["tried"] else 1


if __name__ == "__main__":
    sys.exit(main())
