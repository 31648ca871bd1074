"""manage.py seal_journal [--watch SECONDS]"""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from intrek.ground.common import wall
from intrek.ground.journal.sealing import AT_A_TIME, seal

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Seal what was written in the record since the last time. With --watch again and again, until it is told to end."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", type=int, metavar="SECONDS", default=0, help="seal every so many seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["watch"]:
            self.stdout.write(f"{seal_all()} rows sealed.")
            return
        ending = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_told: ending.set())
        while not ending.wait(options["watch"]):
            close_old_connections()
            try:
                seal_all()
            except (
                DatabaseError
            ):  # somebody else writes, or the database is away: what is not sealed now is sealed later
                logger.exception("The record was not sealed this time.")


def seal_all() -> int:
    """Seal until nothing is left, of every programme."""
    total = 0
    with wall.throughout():
        while count := seal(at=timezone.now()):
            total += count
            if count < AT_A_TIME:
                break
    return total
