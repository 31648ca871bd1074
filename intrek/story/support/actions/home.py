"""Where the person lives while support lasts: their own tenancy is opened, and support follows a move (P11, P16)."""

from datetime import date, timedelta

from django.db import transaction

from intrek.ground.common.dates import ImpreciseDay, NotADay, Precision
from intrek.ground.common.refusals import Refused, refuse_if
from intrek.ground.dwellings.actions import add_dwelling, end_occupancy, open_occupancy
from intrek.ground.dwellings.models import Dwelling, Occupancy
from intrek.ground.dwellings.queries import find_dwelling
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Membership, Organisation
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import StayTitle
from intrek.story.placement.actions import close_sight, open_sight
from intrek.story.referral.models import Referral
from intrek.story.support import rules
from intrek.story.support.queries import home_of


def dwelling_at(
    pathway: Pathway, address: str, *, owner: Organisation | None, on: date | None, by: Membership | None
) -> Dwelling:
    """The dwelling at this address, made known if it was not."""
    found = find_dwelling(pathway.programme, address)
    return found or add_dwelling(pathway.programme, address, owner=owner, on=on, by=by)


@transaction.atomic
def open_home(
    pathway: Pathway, *, from_on: date | None, history: bool = False, by: Membership | None
) -> Occupancy | None:
    """A person under support lives somewhere: a sitting tenant's own tenancy, as the referral told it (P16).

    Since when they live there may be unknown. Nothing is made when they already live somewhere we know, or the referral named no address.
    """
    home = home_of(pathway)
    if home is None:
        home = _home_of_referral(pathway, history=history, by=by)
    if home:
        open_sight(pathway, home.dwelling, from_on=from_on)
    return home


def _home_of_referral(pathway: Pathway, *, history: bool, by: Membership | None) -> Occupancy | None:
    referral = Referral.objects.filter(pathway=pathway).select_related("landlord").first()
    if referral is None or not referral.dwelling_address.strip():
        return None
    dwelling = dwelling_at(pathway, referral.dwelling_address, owner=referral.landlord, on=referral.referred_on, by=by)
    try:
        return open_occupancy(
            dwelling,
            pathway.person,
            pathway=pathway,
            title=StayTitle.LEASE,
            from_on=_precise_day(referral.tenant_since, referral.referred_on),
            history=history,
            by=by,
        )
    except Refused:
        # History is told as the list had it; who lives there twice is for people to find out.
        if history:
            return None
        raise


def _precise_day(text: str, told_on: date | None) -> date | None:
    """The day a person wrote, when it is a whole day; a month or a year stays unknown: nothing is invented."""
    try:
        since = ImpreciseDay.parse(text, today=told_on) if text.strip() and told_on else None
    except NotADay:
        return None
    return since.earliest if since and since.precision == Precision.DAY else None


@transaction.atomic
def move_home(
    pathway: Pathway,
    *,
    address: str,
    owner: Organisation | None,
    title: StayTitle = StayTitle.LEASE,
    on: date,
    by: Membership | None,
) -> Occupancy:
    """The person moves on day ``on`` and support goes with them: its term stays as it was (P16). A trial stay ends instead (P11)."""
    home = home_of(pathway)
    known = find_dwelling(pathway.programme, address)
    refuse_if(
        rules.move_reasons(
            is_trial_stay=bool(home and home.title == StayTitle.LOAN),
            has_home=home is not None,
            is_same=bool(home and known and home.dwelling_id == known.pk),
            from_on=home.from_on if home else None,
            on=on,
        )
    )
    dwelling = dwelling_at(pathway, address, owner=owner, on=on, by=by)
    if home:
        end_occupancy(home, until_on=on - timedelta(days=1), by=by)
        close_sight(pathway, home.dwelling, last_day=on - timedelta(days=1))
    moved = open_occupancy(dwelling, pathway.person, pathway=pathway, title=title, from_on=on, by=by)
    open_sight(pathway, dwelling, from_on=on)
    record(pathway, "support.moved_home", on=on, by=by, dwelling=dwelling)
    return moved
