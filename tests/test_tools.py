"""The programs behind the make targets do what they say."""

import os
import subprocess
import sys
import threading
import time

import pytest

from tools import browser, matrix_controls, serve


def python(code):
    return [sys.executable, "-c", code]


SLEEP = python("import time; time.sleep(60)")
STUBBORN = python("import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)")


def ended(household):
    return [process.poll() is not None for process in household.processes]


def test_when_one_process_ends_the_other_ends_too_and_that_is_a_failure():
    household = serve.Household([python("pass"), SLEEP])
    assert household.watch() == 1
    assert ended(household) == [True, True]


def test_when_asked_to_end_both_end_and_that_is_no_failure():
    household = serve.Household([SLEEP, SLEEP])
    threading.Timer(0.3, household.end).start()
    assert household.watch() == 0
    assert ended(household) == [True, True]


def test_a_process_that_does_not_listen_is_ended(monkeypatch):
    monkeypatch.setattr(serve, "SECONDS_TO_FINISH", 0.5)
    household = serve.Household([STUBBORN, python("import time; time.sleep(0.5)")])
    before = time.monotonic()
    household.watch()
    assert ended(household) == [True, True]
    assert time.monotonic() - before < 10


def test_the_server_has_sync_workers_and_keeps_no_access_log(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    command = serve.server_command()
    assert command[command.index("--worker-class") + 1] == "sync"
    assert command[command.index("--bind") + 1] == "127.0.0.1:8123"
    assert not [argument for argument in command if "threads" in argument or "access" in argument]


def test_a_named_browser_is_used(monkeypatch, tmp_path):
    chosen = tmp_path / "my-chromium"
    chosen.touch()
    monkeypatch.setenv("BROWSER", str(chosen))
    assert browser.find_browser() == str(chosen)


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    return tmp_path


def test_without_a_browser_it_says_what_to_install_and_fails(bare_machine, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert browser.main() == 1
    assert "apt-get install" in capsys.readouterr().err


def runs(path, script="exit 0"):
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("there", "offered", "used"),
    [
        ((), ("chromium-headless-shell", "chromium"), "chromium-headless-shell"),
        ((), ("chromium",), "chromium"),
        (("chromium",), ("chromium-headless-shell", "chromium"), "chromium-headless-shell"),
        (("chromium",), (), "chromium"),
    ],
)
def test_where_it_may_it_installs_the_light_browser_else_any(bare_machine, monkeypatch, capsys, there, offered, used):
    for name in there:
        runs(bare_machine / name)
    known = "|".join(offered) or "nothing"
    runs(
        bare_machine / "apt-get",
        f'for last; do :; done\ncase "$last" in {known}) : > {bare_machine}/$last; /bin/chmod +x {bare_machine}/$last;; *) exit 100;; esac',
    )
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert browser.main() == 0
    assert f"Browser: {bare_machine}/{used}\n" in capsys.readouterr().out


def test_make_names_its_targets(root):
    said = subprocess.run(["/usr/bin/env", "make", "help"], cwd=root, capture_output=True, text=True, check=True).stdout
    for target in ("setup", "run", "test", "check", "fix", "bench", "pictures"):
        assert f"\n{target} " in "\n" + said


def test_every_guard_that_is_taken_away_stands_where_it_is_looked_for(subtests):
    for control in matrix_controls.CONTROLS:
        with subtests.test(control.name):
            assert control.without in control.taken_from(matrix_controls.ROOT)


def test_a_guard_that_moved_is_told_and_not_passed_over(tmp_path):
    moved = matrix_controls.Control("scope", "gone.py", "guard", "nothing")
    with pytest.raises(LookupError, match=r"gone\.py"):
        moved.taken_from(tmp_path)
