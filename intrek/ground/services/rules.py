"""When a service comes too late, and what cannot be true of a request (P21)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal


class Reason(TextChoices):
    """Why a service request is refused, or warned about."""

    EXPECTED_BEFORE_ASKED = (
        "expected_before_asked",
        _("The service cannot be expected on %(expected_on)s, before it was asked on %(asked_on)s."),
    )
    STARTED_BEFORE_ASKED = (
        "started_before_asked",
        _("The service cannot have started on %(started_on)s, before it was asked on %(asked_on)s."),
    )
    ENDED_BEFORE_STARTED = (
        "ended_before_started",
        _("The service cannot have ended on %(ended_on)s, before it started on %(started_on)s."),
    )
    EXPECTED_IN_THE_PAST = (
        "expected_in_the_past",
        _("The expected day, %(expected_on)s, has passed: fill in when it started, or a new day."),
    )
    REFUSED_AND_STARTED = "refused_and_started", _("A service that started cannot also have been refused.")
    NO_SERVICE = "no_service", _("Choose a service, or type the name of one.")
    NO_NAME = "no_name", _("A service needs a name.")
    ALREADY_KNOWN = "already_known", _("%(name)s is already in the list of services.")
    TOO_LATE = "too_late", _("%(service)s is expected on %(expected_on)s, after support ends on %(ends_on)s.")


@dataclass(frozen=True)
class Wait:
    """One service request as the rules look at it."""

    asked_on: date | None = None
    expected_on: date | None = None
    started_on: date | None = None
    refused_on: date | None = None
    ended_on: date | None = None
    last_checked_on: date | None = None

    @property
    def is_waiting(self) -> bool:
        """Asked, neither started nor refused nor ended."""
        return not (self.started_on or self.refused_on or self.ended_on)


def request_reasons(wait: Wait, on: date) -> list[Refusal]:
    """What cannot be true of this request on day ``on``."""
    reasons = []
    if wait.asked_on and wait.expected_on and wait.expected_on < wait.asked_on:
        reasons.append(
            Refusal(
                Reason.EXPECTED_BEFORE_ASKED,
                {"expected_on": wait.expected_on, "asked_on": wait.asked_on},
                form_field="expected_on",
            )
        )
    if wait.asked_on and wait.started_on and wait.started_on < wait.asked_on:
        reasons.append(
            Refusal(
                Reason.STARTED_BEFORE_ASKED,
                {"started_on": wait.started_on, "asked_on": wait.asked_on},
                form_field="started_on",
            )
        )
    if wait.started_on and wait.ended_on and wait.ended_on < wait.started_on:
        reasons.append(
            Refusal(
                Reason.ENDED_BEFORE_STARTED,
                {"ended_on": wait.ended_on, "started_on": wait.started_on},
                form_field="ended_on",
            )
        )
    if wait.is_waiting and wait.expected_on and wait.expected_on < on:
        reasons.append(
            Refusal(Reason.EXPECTED_IN_THE_PAST, {"expected_on": wait.expected_on}, form_field="expected_on")
        )
    if wait.started_on and wait.refused_on:
        reasons.append(Refusal(Reason.REFUSED_AND_STARTED, form_field="refused_on"))
    return reasons


def comes_too_late(wait: Wait, ends_on: date | None) -> bool:
    """Whether a waiting service is expected only after support has ended (P21); unknown days give no warning."""
    return bool(wait.is_waiting and wait.expected_on and ends_on and wait.expected_on > ends_on)


def to_be_checked(wait: Wait, weeks: int, on: date) -> bool:
    """Whether a waiting service was last asked after too long ago; never checked counts from the day it was asked."""
    seen = wait.last_checked_on or wait.asked_on
    return wait.is_waiting and (seen is None or seen + timedelta(weeks=weeks) <= on)
