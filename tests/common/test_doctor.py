"""The doctor says what an installation runs on, and warns of what is not well."""

import sqlite3
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import task

from intrek.ground.common import doctor


def findings():
    return {finding.what: finding for finding in doctor.examine(at=timezone.now())}


@task
def nothing():
    pass


def test_it_names_the_database_and_how_it_writes(db):
    found = findings()
    if connection.vendor == "sqlite":
        assert found["database"].value.startswith(f"SQLite {sqlite3.sqlite_version}")
        assert found["synchronous"].value == "OFF"  # the tests may lose everything, and are told so
    else:
        assert found["database"].value.startswith("PostgreSQL")
        assert (found["fsync"].value, found["role"].value) == ("off", "intrek")
    assert any("power cut" in finding.warning for finding in found.values())


def test_a_plain_role_passes_no_wall(db):
    assert "wall" not in getattr(findings().get("role"), "warning", "")


def test_write_ahead_logging_with_the_race_is_warned_of(db, monkeypatch):
    said = {
        "journal_mode": "wal",
        "synchronous": "2",
        "secure_delete": "0",
        "foreign_keys": "0",
        "quick_check": "row 3",
    }
    monkeypatch.setattr(doctor, "_pragma", said.get)
    monkeypatch.setattr(doctor, "wal_is_safe", lambda version: False)
    warnings = " ".join(finding.warning for finding in doctor.sqlite())
    for sign in ("3.51.3", "stay readable", "point at nothing", "restore the last backup"):
        assert sign in warnings


def test_a_data_folder_that_others_read_is_warned_of():
    settings.DATA_DIR.chmod(0o755)
    found = {finding.what: finding for finding in doctor.surroundings(settings.DATA_DIR)}
    assert "chmod 700" in found["data folder"].warning


def test_passwords_in_the_open_and_debugging_are_warned_of(settings):
    settings.ADDRESS, settings.DEBUG = "http://intrek.example.org", True
    found = {finding.what: finding for finding in doctor.surroundings(settings.DATA_DIR)}
    assert "https" in found["address"].warning
    assert "unset DEBUG" in found["debug"].warning


@pytest.mark.parametrize(("minutes", "warned"), [(1, False), (30, True)])
def test_jobs_that_wait_for_long_are_warned_of(db, minutes, warned):
    nothing.enqueue()
    (jobs,) = doctor.worker(timezone.now() + timedelta(minutes=minutes))
    assert jobs.value == "1 waiting"
    assert bool(jobs.warning) is warned


def test_the_command_prints_a_line_for_each_finding_and_fails_when_asked_to(db, capsys):
    call_command("doctor")
    said = capsys.readouterr().out
    assert all(finding.value in said for finding in findings().values() if finding.what != "free space")
    with pytest.raises(SystemExit):
        call_command("doctor", strict=True)
