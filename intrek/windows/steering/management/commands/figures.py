"""Print the steering figures of a programme."""

import json
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from intrek.ground.common.commands import InstallationCommand
from intrek.ground.common.typed_days import NotADay, parse_day
from intrek.ground.programmes.queries import find_programme
from intrek.windows.steering.queries import figures
from intrek.windows.steering.rules import MEASURES


class Command(InstallationCommand):
    """``manage.py figures --programme brugge [--from D] [--until D] [--json]``."""

    help = "Print the steering figures: flows of the period, stocks at its last day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--programme", required=True, help="short name of the programme")
        parser.add_argument("--from", dest="from_on", help="first day of the period, such as 2026-01-01")
        parser.add_argument("--until", dest="until_on", help="last day of the period, that day included")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        programme = find_programme(options["programme"])
        if programme is None:
            raise CommandError(f"There is no programme called {options['programme']}.")
        from_on, until_on = self._day(options["from_on"]), self._day(options["until_on"])
        if from_on and until_on and until_on < from_on:
            raise CommandError("The last day lies before the first.")
        found = figures(programme, from_on=from_on, until_on=until_on, today=timezone.localdate())
        if options["as_json"]:
            self.stdout.write(json.dumps(found))
            return
        for code, counts in found.items():
            told = counts if isinstance(counts, int) else ", ".join(f"{kind} {count}" for kind, count in counts.items())
            self.stdout.write(f"{MEASURES[code].label}: {told}")

    def _day(self, text: str | None) -> date | None:
        try:
            return parse_day(text, today=timezone.localdate()) if text else None
        except NotADay as fault:
            raise CommandError(str(fault)) from fault
