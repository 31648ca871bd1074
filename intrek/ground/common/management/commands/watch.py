"""manage.py watch COMMAND=SECONDS …: gives other commands again and again, each after so many seconds, until it is told to end."""

import logging
import signal
import threading
import time
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Give other commands again and again, until it is told to end: watch seal_journal=20 tell_overdue=3600"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("chores", nargs="+", metavar="COMMAND=SECONDS")

    def handle(self, *args: Any, **options: Any) -> None:
        chores = dict(_told(chore) for chore in options["chores"])
        due = dict.fromkeys(chores, time.monotonic())
        ending = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_told: ending.set())
        while not ending.wait(max(0.0, min(due.values()) - time.monotonic())):
            name = min(due, key=lambda each: due[each])
            due[name] = time.monotonic() + chores[name]
            close_old_connections()
            try:
                call_command(name, stdout=StringIO())
            except DatabaseError:  # somebody else writes, or the database is away: what is not done now is done later
                logger.exception("%s was not done this time.", name)


def _told(chore: str) -> tuple[str, float]:
    name, _sign, seconds = chore.partition("=")
    try:
        return name, float(seconds)
    except ValueError as error:
        raise CommandError(f"Say after how many seconds, as in {name}=20.") from error
