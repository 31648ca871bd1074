"""One file holds a whole installation: made while people work, checked before use, all of it or nothing."""

import io
import json
import tarfile
import threading
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from intrek.ground.accounts.models import Draft, User
from intrek.ground.common.archive import contents, rows
from intrek.ground.common.archive import restore as restoring
from intrek.ground.common.archive.backup import SNAPSHOT, back_up, scratch_database
from intrek.ground.common.archive.contents import BadArchive
from intrek.ground.common.archive.restore import (
    SCRATCH,
    CannotRestore,
    fill,
    is_empty,
    refuse_unknown_migrations,
    restore,
)
from tests.common.replay import Replayed
from tests.plugins.wall import as_owner

pytestmark = pytest.mark.together
NOW = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _scratch_databases_may_be_opened(transactional_db, monkeypatch):
    guarded = BaseDatabaseWrapper.ensure_connection

    def ensure_connection(self):
        if self.alias not in {SNAPSHOT, SCRATCH}:
            guarded(self)
        elif self.connection is None:
            self.connect()

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", ensure_connection)


@pytest.fixture(autouse=True)
def _tables_make_way_for_those_of_the_archive(transactional_db):
    with as_owner():
        yield


@pytest.fixture(autouse=True)
def _migrations_are_worked_out_once(monkeypatch):
    monkeypatch.setattr(restoring, "MigrationExecutor", Replayed)


@pytest.fixture
def somebody():
    user = User.objects.create_user("an.peeters@example.org", "een wachtwoord", name="An Peeters – ş")
    Draft.objects.create(user=user, key="visit", data={"note": "Koffie, 'quote' \\ \n %s"})
    EmailAddress.objects.create(user=user, email=user.email)
    (settings.DATA_DIR / "files").mkdir()
    (settings.DATA_DIR / "files" / "deed.pdf").write_bytes(b"%PDF signed")
    (settings.DATA_DIR / "secret").write_text("the key")
    return user


@pytest.fixture
def archive(tmp_path, somebody):
    path = tmp_path / "intrek.tar.gz"
    back_up(path, at=NOW)
    return path


def repack(archive, **changed):
    """The same archive with other contents under some names; the manifest as it was."""
    with tarfile.open(archive) as tar:
        held = {member.name: tar.extractfile(member).read() for member in tar.getmembers()}
    with tarfile.open(archive, "w:gz") as tar:
        for name, data in (held | changed).items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))


def test_what_was_kept_comes_back_as_it_was(archive, somebody):
    user, draft = (model.objects.values().get() for model in (User, Draft))
    User.objects.update(name="Somebody else")
    (settings.DATA_DIR / "files" / "deed.pdf").write_bytes(b"another")
    (settings.DATA_DIR / "files" / "later.pdf").write_bytes(b"later")
    restore(archive, replace=True)
    assert (User.objects.values().get(), Draft.objects.values().get()) == (user, draft)
    assert {path.name: path.read_bytes() for path in (settings.DATA_DIR / "files").iterdir()} == {
        "deed.pdf": b"%PDF signed"
    }
    assert (settings.DATA_DIR / "secret").read_text() == "the key"


def test_a_young_installation_with_nothing_but_its_key_comes_back(tmp_path):
    (settings.DATA_DIR / "secret").write_text("the key")
    back_up(tmp_path / "young.tar.gz", at=NOW)
    (settings.DATA_DIR / "secret").write_text("another key")
    restore(tmp_path / "young.tar.gz", replace=True)
    assert (settings.DATA_DIR / "secret").read_text() == "the key"


def test_numbers_go_on_where_they_were(archive, somebody):
    last = EmailAddress.objects.get().pk
    restore(archive, replace=True)
    user = User.objects.get()
    assert EmailAddress.objects.create(user=user, email="an@example.org").pk > last


def test_an_installation_that_holds_something_is_not_overwritten(archive):
    with pytest.raises(CannotRestore, match="--replace"):
        restore(archive)
    assert User.objects.count() == 1


def test_an_empty_installation_takes_an_archive(archive, somebody):
    User.objects.filter(pk=somebody.pk).delete()
    assert is_empty()
    restore(archive)
    assert User.objects.get().check_password("een wachtwoord")


@pytest.mark.parametrize("name", ["rows/accounts_user.jsonl", "files/deed.pdf", "secret"])
def test_a_changed_archive_is_refused_and_changes_nothing(archive, name):
    repack(archive, **{name: b"[]"})
    with pytest.raises(BadArchive, match=name):
        restore(archive, replace=True)
    assert User.objects.count() == 1


def test_a_file_that_the_manifest_does_not_name_is_refused(archive):
    repack(archive, **{"files/extra.pdf": b"x"})
    with pytest.raises(BadArchive, match=r"files/extra\.pdf"):
        restore(archive, replace=True)


def test_half_an_archive_is_refused(archive):
    archive.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(BadArchive, match="not a whole one"):
        restore(archive, replace=True)
    assert User.objects.count() == 1


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("Beste")
    with pytest.raises(BadArchive, match=r"letter\.txt is not an archive"):
        restore(tmp_path / "letter.txt")


def test_nothing_leaves_the_folder_of_an_archive(archive):
    repack(archive, **{"../escaped": b"x"})
    with pytest.raises(BadArchive):
        restore(archive, replace=True)


def rewritten(archive, tmp_path, change):
    """An archive of somebody who also mended the fingerprints."""
    folder = tmp_path / "open"
    manifest = contents.read(archive, folder)
    change(folder)
    facts = {name: getattr(manifest, name) for name in ("made_at", "database", "migrations", "rows")}
    contents.write(folder, tmp_path / "changed.tar.gz", **facts)
    return tmp_path / "changed.tar.gz"


def lose_the_last_draft(folder):
    path = folder / "rows" / "accounts_draft.jsonl"
    path.write_text(path.read_text().splitlines()[0] + "\n")


def point_at_nobody(folder):
    path = folder / "rows" / "accounts_draft.jsonl"
    path.write_text(path.read_text().replace(str(User.objects.get().pk), str(UUID(int=7))))


@pytest.mark.parametrize("change", [lose_the_last_draft, point_at_nobody])
def test_rows_that_do_not_fit_together_leave_everything_as_it_was(archive, tmp_path, change):
    changed = rewritten(archive, tmp_path, change)
    User.objects.update(name="Still here")
    with pytest.raises(Exception, match=r"promises|foreign key|accounts_draft"):
        restore(changed, replace=True)
    assert User.objects.get().name == "Still here"
    assert (settings.DATA_DIR / "files" / "deed.pdf").exists()


def test_an_archive_of_a_newer_program_is_refused(archive, tmp_path):
    manifest = contents.read(archive, tmp_path / "open")
    manifest.migrations["accounts"].append("0999_next_year")
    with pytest.raises(CannotRestore, match="newer version of Intrek: it knows accounts"):
        refuse_unknown_migrations(manifest)


def test_an_archive_is_made_while_somebody_writes(tmp_path, somebody):
    stop, written = threading.Event(), []

    def go_on_writing():
        while not stop.is_set():
            written.append(User.objects.create(email=f"{len(written)}@example.org", name="x"))
        connections.close_all()

    writer = threading.Thread(target=go_on_writing)
    writer.start()
    try:
        manifest = back_up(tmp_path / "busy.tar.gz", at=NOW)
    finally:
        stop.set()
        writer.join()
    assert User.objects.count() == len(written) + 1 >= manifest.rows["accounts_user"] >= 1
    contents.read(tmp_path / "busy.tar.gz", tmp_path / "open")


def test_only_its_owner_reads_an_archive(archive):
    assert archive.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in archive.parent.iterdir() if "part" in path.name] == []


def test_everything_that_rows_point_at_is_kept():
    kept = set(rows.kept_models())
    lost = {
        (model._meta.label, field.name)
        for model in kept
        for field in model._meta.concrete_fields
        if field.related_model and field.related_model not in kept
    }
    assert lost == set()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (NOW, "2026-03-01T09:30:15.123456+00:00"),
        (date(2026, 3, 1), "2026-03-01"),
        (time(9, 30), "09:30:00"),
        (timedelta(minutes=90), "01:30:00"),
        (Decimal("350.00"), "350.00"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (b"\x00a", "AGE="),
    ],
)
def test_values_are_written_so_that_they_can_be_read_back(value, text):
    assert json.loads(json.dumps(value, default=rows.as_text)) == text


def test_what_cannot_be_read_back_is_not_written():
    with pytest.raises(TypeError, match="set has no place"):
        rows.as_text(set())


def test_the_commands_say_what_they_did_and_what_they_refuse(tmp_path, somebody, capsys):
    path = tmp_path / "intrek.tar.gz"
    call_command("backup", str(path))
    assert "It holds personal data" in capsys.readouterr().out
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(path))
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(path))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(tmp_path / "none"))
    call_command("restore", str(path), replace=True)
    assert "Restart the server" in capsys.readouterr().out


def test_an_archive_of_either_kind_of_database_fills_an_sqlite(archive, somebody, tmp_path):
    manifest = contents.read(archive, tmp_path / "open")
    assert manifest.database == connection.vendor
    with scratch_database(SCRATCH, tmp_path / "other.sqlite3"):
        fill(tmp_path / "open", manifest, using=SCRATCH)
        assert Draft.objects.using(SCRATCH).values().get() == Draft.objects.values().get()
