"""Who knocks at every page: everybody, in every relation, with what is true of them; what they may is in ``reference``."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from intrek.ground.access.models import BreakIn, Grant, Ground, Share
from intrek.ground.partners.actions import end_role
from intrek.story.intervision.models import AgendaItem, Attendance
from intrek.windows.demo.cast import LEAD, SHELTER
from tests.access.reference import AT_TABLE, CARE, HOUR, HOUSING, LOOKING, REFERRER, STAFF, Reader
from tests.factories import member, real_today

NAMES = [
    "an",
    "ruben",
    "ilse",
    "bram",
    "hilde",
    "wim",
    "greet",
    "dirk",
    "els",
    "an of elsewhere",
    "bram of elsewhere",
    "hilde of elsewhere",
    "referrer of the lead",
    "referrer without referrals",
    "left yesterday",
    "no role yet",
    "nobody",
]


def shared_with(somebody, today):
    """What is shared with somebody today, told from what was agreed: never care to a landlord or to who keeps no secrecy."""
    agreed = Share.objects.filter(organisation=somebody.organisation, from_on__lte=today, until_on__gte=today)
    protocols = somebody.organisation.protocols.filter(from_on__lte=today).exclude(until_on__lt=today)
    found, keeps = {}, somebody.organisation.bound_by_secrecy and somebody.contact.bound_by_secrecy
    for each in agreed.exclude(withdrawn_on__lte=today) if protocols and somebody.role in LOOKING else ():
        if each.contact_id in {None, somebody.contact_id}:
            closed = set() if keeps and somebody.role == REFERRER else CARE
            found.setdefault(each.pathway_id, set()).update(set(each.categories) - closed)
    seats = Attendance.objects.filter(contact=somebody.contact, is_present=True, meeting__on=today) if protocols else ()
    for item in AgendaItem.objects.filter(meeting__in=[each.meeting_id for each in seats]).order_by("pk"):
        closed = set() if keeps and somebody.role == REFERRER else CARE
        told = AT_TABLE[item.why in {"new_referral", "postponed"}]
        found.setdefault(item.pathway_id, set()).update(told - closed)
    return found


def reader(name, somebody):
    """Somebody signed in, working under this membership, with what the programme granted them as it was told in the story."""
    today, client = real_today(), Client()
    client.force_login(somebody.user)
    session = client.session
    session["membership"] = str(somebody.pk)
    session.save()
    grants = Grant.objects.filter(organisation=somebody.organisation, from_on__lte=today).exclude(until_on__lt=today)
    by_ground = {
        ground: set(grants.filter(ground=ground).values_list("pathway_id", flat=True).order_by("pk"))
        for ground in (Ground.OWN_REFERRAL, Ground.OWN_DWELLING)
    }
    referred = by_ground[Ground.OWN_REFERRAL] if somebody.role in LOOKING else set()
    housed = by_ground[Ground.OWN_DWELLING] if somebody.role == HOUSING else set()
    works_for = set(somebody.user.memberships.values_list("organisation_id", flat=True).order_by("pk"))
    shared = shared_with(somebody, today)
    lately = BreakIn.objects.filter(member=somebody, opened_at__gt=timezone.now() - HOUR).order_by("pk")
    opened = set(lately.values_list("pathway_id", flat=True)) if somebody.role in STAFF else set()
    return Reader(name, somebody.standing_on(today), client, referred, housed, works_for, shared, opened)


def readers_of(here, elsewhere):
    """Every role in every relation: own referral, own dwelling, none, another programme, a role that ended, no role."""
    cast, other = here.cast, elsewhere.cast
    found = [reader(key, cast.members[key]) for key in NAMES if key in cast.members]
    found += [reader(f"{key} of elsewhere", other.members[key]) for key in ("an", "bram", "hilde")]
    # The lead is a welfare partner too: its referrer is not the team.
    found.append(reader("referrer of the lead", member("referrer", cast.organisations[LEAD])))
    found.append(reader("referrer without referrals", member("referrer", cast.organisations[SHELTER])))
    found += [_left(cast), _without_role(cast), Reader("nobody", None, Client())]
    return {each.name: each for each in found}


def _left(cast):
    """Somebody of the team until yesterday."""
    left = member("support_worker", cast.organisations[LEAD])
    made = reader("left yesterday", left)
    end_role(left, last_day=real_today() - timedelta(days=1), by=None)
    return Reader(made.name, None, made.client)


def _without_role(cast):
    made = reader("no role yet", member("steering_member", cast.organisations[SHELTER]))
    made.member.delete()
    return Reader(made.name, None, made.client)
