"""A member's calendar gets a link to read along, and loses it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from intrek.ground.common.refusals import refuse_if
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Membership
from intrek.ground.programmes.queries import rule_of
from intrek.windows.exchange.models import Feed
from intrek.windows.exchange.rules import feeds as rules

SECRET_BYTES = 32
# Calendars read every few minutes; when one read last is told to the hour.
NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Made:
    """A link as it is shown once: the secret in it is not kept."""

    feed: Feed
    address: str


@transaction.atomic
def make_feed(member: Membership, *, name: str, on: date, by: Actor | None) -> Made:
    """A link for one calendar of this member, for as long as the programme says."""
    there = Feed.objects.filter(programme_id=member.programme_id, membership=member, ended_on=None, expires_on__gte=on)
    refuse_if(rules.make_reasons(name, names=there.order_by("pk").values_list("name", flat=True)))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = Feed.objects.create(
        programme_id=member.programme_id,
        membership=member,
        name=name.strip(),
        digest=rules.digest_of(secret),
        expires_on=on + timedelta(days=rule_of(member.programme, on).feed_days),
    )
    record(feed, "exchange.feed_made", on=on, by=by, name=feed.name, until=feed.expires_on)
    return Made(feed, settings.ADDRESS + reverse("exchange:feed", args=[feed.programme_id, secret]))


@transaction.atomic
def end_feed(feed: Feed, *, on: date, by: Actor | None) -> Feed:
    """The link works no longer."""
    refuse_if(rules.end_reasons(feed.ended_on))
    feed.ended_on = on
    feed.save(update_fields=["ended_on"])
    record(feed, "exchange.feed_ended", on=on, by=by, name=feed.name)
    return feed


def note_use(feed: Feed, *, at: datetime) -> None:
    """A calendar read along."""
    if feed.last_used_at is None or at - feed.last_used_at >= NOTED_EVERY:
        Feed.objects.filter(pk=feed.pk).update(last_used_at=at)
