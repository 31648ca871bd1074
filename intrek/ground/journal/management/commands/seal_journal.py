"""manage.py seal_journal"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from intrek.ground.common import wall
from intrek.ground.journal.sealing import AT_A_TIME, seal


class Command(BaseCommand):
    help = "Seal what was written in the record since the last time, of every programme."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{seal_all()} rows sealed.")


def seal_all() -> int:
    """Seal until nothing is left, of every programme."""
    total = 0
    with wall.throughout():
        while count := seal(at=timezone.now()):
            total += count
            if count < AT_A_TIME:
                break
    return total
