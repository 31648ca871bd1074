"""manage.py doctor"""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from intrek.ground.common.commands import InstallationCommand
from intrek.ground.common.doctor import examine


class Command(InstallationCommand):
    help = "Say what this installation runs on, and warn of what is not well. Exits with 1 after a warning if --strict."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--strict", action="store_true")

    def handle(self, *args: Any, **options: Any) -> str | None:
        findings = examine(at=timezone.now())
        for finding in findings:
            self.stdout.write(f"{finding.what:<20} {finding.value}")
        warnings = [finding for finding in findings if finding.warning]
        for finding in warnings:
            self.stdout.write(self.style.WARNING(f"warning: {finding.what}: {finding.warning}"))
        if warnings and options["strict"]:
            raise SystemExit(1)
        return None
