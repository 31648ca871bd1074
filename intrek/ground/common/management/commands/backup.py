"""manage.py backup FILE"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from intrek.ground.common.archive.backup import CannotBackUp, back_up
from intrek.ground.common.commands import InstallationCommand


class Command(InstallationCommand):
    help = "Write everything this installation holds to one file: rows, files, key. People can go on working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--overwrite", action="store_true", help="the file may be there already")

    def handle(self, *args: Any, **options: Any) -> None:
        archive: Path = options["file"].absolute()
        if archive.exists() and not options["overwrite"]:
            raise CommandError(f"{archive} is there already.")
        if not archive.parent.is_dir():
            raise CommandError(f"There is no folder {archive.parent}.")
        try:
            manifest = back_up(archive, at=timezone.now())
        except CannotBackUp as refusal:
            raise CommandError(str(refusal)) from refusal
        rows, files = sum(manifest.rows.values()), len(manifest.files) - len(manifest.rows)
        self.stdout.write(f"{archive}: {rows} rows and {files} files. It holds personal data: keep it as such.")
