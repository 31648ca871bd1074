"""manage.py verify_journal [--new-checkpoint]"""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from intrek.ground.common.commands import InstallationCommand
from intrek.ground.journal import walls
from intrek.ground.journal.sealing import verify, write_checkpoint


class Command(InstallationCommand):
    help = "Go through the record from its first row and name what is not as it was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--new-checkpoint",
            action="store_true",
            help="accept the chain as it is, after a backup was put back on purpose",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_checkpoint"]:
            write_checkpoint(anew=True)
        found = verify(at=timezone.now())
        self.stdout.write(f"{found.links} rows hold; {found.tail} written lately and not sealed yet.")
        walls_down = [] if walls.standing(connection) else ["The record is not append-only: its triggers are gone."]
        if faults := [*map(str, found.faults), *walls_down]:
            raise CommandError("\n".join(faults))
