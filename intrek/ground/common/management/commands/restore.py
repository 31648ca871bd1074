"""manage.py restore FILE [--replace]"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from intrek.ground.common.archive.contents import BadArchive
from intrek.ground.common.archive.restore import CannotRestore, restore
from intrek.ground.common.commands import InstallationCommand


class Command(InstallationCommand):
    help = "Make this installation the one of an archive. The archive is checked first; it is all or nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="what this installation holds may go")

    def handle(self, *args: Any, **options: Any) -> None:
        archive: Path = options["file"].absolute()
        if not archive.is_file():
            raise CommandError(f"There is no file {archive}.")
        try:
            manifest = restore(archive, replace=options["replace"])
        except (BadArchive, CannotRestore) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{sum(manifest.rows.values())} rows of {manifest.made_at} are back. Restart the server now.")
