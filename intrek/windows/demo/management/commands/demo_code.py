"""``manage.py demo_code EMAIL``: the sign-in code that the app of somebody in the demo shows now."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from intrek.ground.accounts.models import User
from intrek.ground.accounts.queries import codes_of
from intrek.ground.common.commands import InstallationCommand
from intrek.windows.demo.queries import is_played


class Command(InstallationCommand):
    """Only for people who do not exist, and only on a machine that serves itself alone."""

    help = "Print the current sign-in code of an account of the example programme."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="an address of the example programme, such as an@voorbeeld.be")

    def handle(self, *_args: Any, email: str, **_options: Any) -> None:
        if not settings.IS_LOOPBACK:
            raise CommandError(f"Others reach {settings.ADDRESS}: the demo's codes are printed only on localhost.")
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None or not is_played(user):
            raise CommandError(f"{email} is nobody of the example programme. Who is: manage.py demo --who")
        before, now, _after = codes_of(user)
        self.stdout.write(now)
        self.stdout.write(f"Used it just now? {before} is still good too.", self.style.NOTICE)
