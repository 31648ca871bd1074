"""``manage.py demo``: the example programme, and who may sign in to it."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone, translation

from intrek.ground.common.commands import InstallationCommand
from intrek.ground.programmes.models import Programme
from intrek.ground.programmes.queries import is_empty
from intrek.windows.demo.actions import SLUG, make_demo
from intrek.windows.demo.cast import COLLEAGUES, PASSWORD


class Command(InstallationCommand):
    """Make the demo programme; it is made once."""

    help = "Make the example programme with invented people, through the actions that people use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="only when there is no programme at all")
        parser.add_argument("--who", action="store_true", help="say who may sign in, and make nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["who"]:
            self._who()
        elif Programme.objects.filter(slug=SLUG).exists() or (options["if_empty"] and not is_empty()):
            self.stdout.write("The example programme is left as it is.")
        else:
            with translation.override("nl"):
                make_demo(timezone.localdate())
            self.stdout.write("The example programme was made.")

    def _who(self) -> None:
        if not Programme.objects.filter(slug=SLUG).exists():
            self.stdout.write("Nobody: there is no example programme here.")
            return
        for colleague in COLLEAGUES:
            self.stdout.write(f"  {colleague.email:<24} {colleague.role.value:<20} {colleague.organisation}")
        self.stdout.write(f"  password for all: {PASSWORD}")
        self.stdout.write(f"  the code of the second step: .venv/bin/python manage.py demo_code {COLLEAGUES[0].email}")
