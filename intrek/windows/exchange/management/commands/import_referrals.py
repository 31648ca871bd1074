from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from intrek.ground.common.commands import InstallationCommand
from intrek.ground.common.refusals import Refused, refuse_if
from intrek.ground.programmes.actions import install_definition
from intrek.windows.exchange.actions import make_rows, reading_of, upload_list
from intrek.windows.exchange.models import Batch
from intrek.windows.exchange.queries import refused_rows
from intrek.windows.exchange.rules.files import MEGABYTE, MOST_MEGABYTES


class Command(InstallationCommand):
    help = "Read the list of referrals that a programme kept by hand; the same list twice adds nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="an .xlsx, .ods, .xls or .csv file")
        parser.add_argument("--programme", required=True, help="short name; made from its definition when it is new")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, and make nothing")

    def handle(self, *, file: Path, programme: str, dry_run: bool, **_options: Any) -> None:
        try:
            content = _read(file)
            if dry_run:
                with transaction.atomic():
                    self._tell(_import(content, file.name, programme), dry_run=True)
                    transaction.set_rollback(True)
            else:
                self._tell(_import(content, file.name, programme), dry_run=False)
        except Refused as refused:
            raise CommandError("\n".join(str(each) for each in refused.reasons)) from refused

    def _tell(self, batch: Batch, *, dry_run: bool) -> None:
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")
        for row in refused_rows(batch):
            name = " ".join(filter(None, row.cells[:6]))
            self.stdout.write(f"Row {row.line} ({name}) refused: {' '.join(row.reasons)}")
        self.stdout.write(f"{batch.made} made, {batch.known} known already, {batch.refused} refused.")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            # One byte more than is taken, so that a file of any size is refused without filling the memory.
            return stream.read(MOST_MEGABYTES * MEGABYTE + 1)
    except OSError as fault:
        raise CommandError(f"{file}: {fault.strerror}") from fault


def _import(content: bytes, name: str, slug: str) -> Batch:
    today = timezone.localdate()
    # A file that cannot be read leaves nothing behind, not even its programme.
    with transaction.atomic():
        batch = upload_list(install_definition(slug), file_name=name, content=content, today=today)
        refuse_if(reading_of(batch, today=today).reasons)
    return make_rows(batch, today=today, most_rows=None, by=None)
