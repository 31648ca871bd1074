"""Opening pages in process as somebody who is signed in: how long, how many queries."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intrek.ground.accounts.factors import as_shown
from intrek.ground.accounts.queries import PASSKEY, SHOWN
from intrek.ground.partners.models import Membership
from intrek.story.intervision.models import Meeting
from tools.bench.fill import SOUGHT

ROUNDS, WARM_UP = 20, 5
FLOOR_ROUNDS = 60


def timed(call: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """Median and 95th percentile of a call, in milliseconds."""
    for _ in range(WARM_UP):
        call()
    taken = []
    for _ in range(rounds):
        before = time.perf_counter()
        call()
        taken.append((time.perf_counter() - before) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def signed_in(member: Membership) -> Client:
    """A browser without a screen, signed in as this member."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session[SHOWN] = as_shown(member.user, [PASSKEY], at=timezone.now())
    session.save()
    return client


def addresses(pathway_id: Any) -> dict[str, tuple[str, str]]:
    """The measured pages, and who opens each."""
    meeting = Meeting.objects.get()
    return {
        "my_day": ("worker", reverse("desk:day")),
        "referral_list": ("worker", reverse("desk:referrals")),
        "pathway": ("worker", reverse("desk:pathway", args=[pathway_id])),
        "search": ("worker", reverse("desk:search") + f"?q={SOUGHT}"),
        "agenda": ("coordinator", reverse("intervision:meeting", args=[meeting.pk])),
        "inbox": ("referrer", reverse("post:inbox")),
        "portal": ("referrer", reverse("portal:home")),
        "figures": ("worker", reverse("steering:figures")),
    }


def opener(client: Client, address: str) -> Callable[[], None]:
    """A call that opens the page and insists that it opened."""

    def open_page() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    return open_page


def queries_of(call: Callable[[], None]) -> int:
    """How many queries a call makes, sign-in and membership included."""
    call()
    with CaptureQueriesContext(connection) as captured:
        call()
    # A transaction that begins or ends, and the second wall, read no table.
    reads_nothing = ("BEGIN", "COMMIT", "SELECT coalesce(current_setting(")
    return sum(not each["sql"].startswith(reads_nothing) for each in captured)


def pages_of(lookers: dict[str, Membership], pathway_id: Any) -> dict[str, dict[str, float]]:
    """Median, p95 and number of queries of each page."""
    clients = {name: signed_in(member) for name, member in lookers.items()}
    found = {}
    for name, (who, address) in addresses(pathway_id).items():
        call = opener(clients[who], address)
        median, p95 = timed(call, ROUNDS)
        found[name] = {"median_ms": median, "p95_ms": p95, "queries": queries_of(call)}
    return found
