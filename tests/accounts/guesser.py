"""A process that guesses a password: ``python -m tests.accounts.guesser ADDRESS TIMES``; prints how many guesses were looked at.

It says *ready* and waits for a line, so that several begin at once.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402  the settings come first
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from intrek.ground.accounts.models import User  # noqa: E402


def guess(address, times):
    """Try so many wrong passwords through the page, and count those that were compared with the right one."""
    looked_at = []
    # As in every test: no static files were gathered.
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.ALLOWED_HOSTS, settings.ACCOUNT_RATE_LIMITS = ["testserver"], {"login_failed": None}
    User.check_password = lambda _user, password: looked_at.append(password)
    Client().get(reverse("account_login"))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(times):
        client = Client(REMOTE_ADDR=f"10.0.{os.getpid() % 250}.{number % 250}")
        answer = client.post(reverse("account_login"), {"login": address, "password": f"geraden {number}"})
        if answer.status_code != 200:
            raise RuntimeError(answer.status_code)
    return len(looked_at)


if __name__ == "__main__":
    sys.stdout.write(str(guess(sys.argv[1], int(sys.argv[2]))))
