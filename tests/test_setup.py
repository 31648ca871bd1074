"""What an installation is told by its surroundings, and what it makes of it."""

import sqlite3
import stat

import pytest
from django.conf import settings
from django.db import connection

from config import databases, environment
from intrek.ground.common import durability


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (3, 50, 7), (3, 50, 9), (3, 44, 6)])
def test_a_fixed_sqlite_writes_ahead(version):
    assert durability.journal_mode(version) == "WAL"


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2)])
def test_a_sqlite_with_the_race_keeps_a_rollback_journal(version):
    assert durability.journal_mode(version) == "DELETE"


def test_sqlite_loses_nothing_it_acknowledged_and_keeps_nothing_deleted(tmp_path):
    options = durability.sqlite_options()
    with sqlite3.connect(tmp_path / "x.sqlite3") as file:
        for command in options["init_command"].split(";"):
            file.execute(command)
        said = {name: file.execute(f"PRAGMA {name}").fetchone()[0] for name in durability.PRAGMAS}
    assert said == {
        "journal_mode": durability.journal_mode().lower(),
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)


def test_without_a_url_the_database_is_a_file_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert databases.database(tmp_path)["NAME"] == str(tmp_path / "intrek.sqlite3")


def test_a_url_names_a_postgresql(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://intrek:s%40cret@db.example.org:5433/homes")
    chosen = databases.database(tmp_path)
    assert (chosen["HOST"], chosen["PORT"], chosen["NAME"]) == ("db.example.org", 5433, "homes")
    assert chosen["PASSWORD"] == "s@cret"


def test_another_kind_of_database_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "mysql://db.example.org/homes")
    with pytest.raises(ValueError, match="sqlite:// or postgresql://"):
        databases.database(tmp_path)


def test_no_lock_is_held_while_a_page_is_drawn():
    assert not connection.settings_dict["ATOMIC_REQUESTS"]


def test_the_secret_is_made_once_and_only_its_owner_reads_it(monkeypatch, tmp_path):
    monkeypatch.delenv("INTREK_SECRET", raising=False)
    first = environment.secret_key(tmp_path)
    assert len(first) >= 50
    assert environment.secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_a_given_secret_is_used_and_not_written_down(monkeypatch, tmp_path):
    monkeypatch.setenv("INTREK_SECRET", "given")
    assert environment.secret_key(tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_mail_becomes_a_file_until_there_is_a_server(monkeypatch, tmp_path):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert environment.mail_settings(tmp_path)["EMAIL_FILE_PATH"] == str(tmp_path / "mail")


def test_mail_goes_to_the_server_that_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://us%40er:pw@mail.example.org")
    told = environment.mail_settings(tmp_path)
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"], told["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert told["EMAIL_HOST_USER"] == "us@er"


def test_an_unreadable_mail_address_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("EMAIL_URL", "mail.example.org")
    with pytest.raises(ValueError, match="EMAIL_URL must start with"):
        environment.mail_settings(tmp_path)


def test_an_installation_answers_to_its_own_name_and_to_this_machine(monkeypatch):
    monkeypatch.setenv("INTREK_HOSTS", "intern.example.org, ")
    names = environment.host_names("https://intrek.example.org")
    assert {"intrek.example.org", "intern.example.org", "localhost"} <= set(names)
    assert "*" not in names
    assert "" not in names


def test_pages_may_run_nothing_inline():
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert policy["default-src"] == ["'self'"]
    assert not any("unsafe" in source for sources in policy.values() for source in sources)


def test_nobody_signs_up(client, db):
    answer = client.get("/accounts/signup/")
    assert b"<form" not in answer.content or b"password1" not in answer.content


@pytest.mark.parametrize("name", ["run", "test", "setup"])
def test_requirements_are_pinned_by_hash_and_name_no_download_address(root, name):
    lines = (root / "requirements" / f"{name}.txt").read_text().splitlines()
    pinned = [line for line in lines if "==" in line and not line.lstrip().startswith("#")]
    assert pinned
    assert all(line.rstrip().endswith("\\") for line in pinned)
    assert not [line for line in lines if "://" in line or line.startswith("-")]
