"""``manage.py watch``: other commands again and again, until it is told to end."""

import os
import signal
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from intrek.ground.common.management.commands import watch


@pytest.fixture
def given(monkeypatch):
    """What was given, one after the other; told to end when enough was."""
    names = []

    def give(name, **_options):
        names.append(name)
        if len(names) == 7:
            os.kill(os.getpid(), signal.SIGTERM)
        if name == "fails":
            raise DatabaseError("the database is away")

    monkeypatch.setattr(watch, "call_command", give)
    monkeypatch.setattr(watch, "close_old_connections", lambda: None)
    return names


@pytest.fixture(autouse=True)
def own_signal():
    before = signal.getsignal(signal.SIGTERM)
    guard = threading.Timer(20, os.kill, (os.getpid(), signal.SIGTERM))
    guard.start()
    yield
    guard.cancel()
    signal.signal(signal.SIGTERM, before)


def test_each_is_given_at_once_and_then_as_often_as_it_was_asked(given):
    call_command("watch", "often=0.05", "seldom=60")
    assert given.count("seldom") == 1
    assert given.count("often") == len(given) - 1 >= 6


def test_what_fails_is_tried_again_and_holds_up_nobody(given, caplog):
    call_command("watch", "fails=0.05", "often=0.05")
    assert given.count("fails") > 1
    assert given.count("often") > 1
    assert "fails was not done this time." in caplog.text


@pytest.mark.parametrize("chore", ["seal_journal", "seal_journal=", "seal_journal=soon"])
def test_it_asks_after_how_many_seconds(chore):
    with pytest.raises(CommandError, match="Say after how many seconds"):
        call_command("watch", chore)
