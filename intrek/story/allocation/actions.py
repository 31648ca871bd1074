"""A dwelling is offered, a candidate chosen, the answer written down, the dwelling freed or used up (P8, P17)."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal, Refused, WayOut, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.common.wording import day
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Membership, Role
from intrek.ground.pathways.actions import await_, expect, keep_promises, move, note_unknown, promise, reach, step_back
from intrek.ground.pathways.models import Awaited, Party, Pathway, Stage, Station
from intrek.ground.post.models import Kind
from intrek.ground.programmes.models import CodeList, Programme
from intrek.ground.programmes.queries import code_label, codes, rule_of
from intrek.story.allocation import rules
from intrek.story.allocation.models import Allocation, Offer
from intrek.story.allocation.queries import candidate_facts, held, lived_in_on, offer_facts, open_offer, quota_of
from intrek.story.referral.actions import tell_referrer


class News(TextChoices):
    """What the referrer hears about a dwelling (P24)."""

    CHOSEN = "chosen", _("A dwelling is proposed: %(dwelling)s. We wait for the answer.")
    ACCEPTED = "accepted", _("The dwelling is accepted: %(dwelling)s. Papers and keys come next.")
    DECLINED = "declined", _("The dwelling was declined (%(reason)s). We look for another one.")


# ---- the pool ----


def _is_own(dwelling: Dwelling, by: Actor | None) -> bool:
    is_landlord = isinstance(by, Membership) and by.role == Role.HOUSING_OFFICER
    return not is_landlord or dwelling.owner_id == by.organisation_id  # type: ignore[union-attr]  # a landlord is a member


def _offer_reasons(
    dwelling: Dwelling, on: date, available: tuple[date | None, date | None], *, by: Actor | None
) -> Any:
    free_on = max(available[0] or on, on)
    return rules.offer_reasons(
        str(dwelling),
        is_offered=open_offer(dwelling) is not None,
        is_own=_is_own(dwelling, by),
        lived_in_on=lived_in_on(dwelling, free_on),
        available=available,
    )


def _quota_reasons(dwelling: Dwelling, on: date, motive: str) -> list[Refusal]:
    # Two who offer the last one at once are asked one after the other.
    programme = Programme.objects.select_for_update().get(pk=dwelling.programme_id)
    quota = quota_of(programme, on)
    year = (date(on.year, 1, 1), date(on.year, 12, 31))
    return rules.quota_reasons(
        count=quota.count,
        quota=quota.quota,
        year=on.year,
        counts_already=Offer.objects.filter(dwelling=dwelling, offered_on__range=year).exists(),
        motive=motive,
        way_out=WayOut(reverse("allocation:stock"), _("See this year's dwellings")),
    )


@transaction.atomic
def offer_dwelling(
    dwelling: Dwelling,
    *,
    offered_on: date | None,
    available_from: date | None = None,
    available_until: date | None = None,
    missing: str = "",
    over_quota_motive: str = "",
    by: Actor | None,
    history: bool = False,
) -> Offer:
    """A landlord makes a dwelling available to the programme; it counts once in the calendar year (P8)."""
    if not history and offered_on:
        available = (available_from, available_until)
        reasons = _offer_reasons(dwelling, offered_on, available, by=by)
        refuse_if(reasons + _quota_reasons(dwelling, offered_on, over_quota_motive))
    facts = {
        "offered_on": offered_on,
        "available_from": available_from,
        "available_until": available_until,
        "missing": missing,
        "over_quota_motive": over_quota_motive,
    }
    # Of two who offer the same dwelling at once one wins; the other hears that it is offered.
    try:
        with transaction.atomic():
            offer = Offer.objects.create(programme_id=dwelling.programme_id, dwelling=dwelling, **facts)
    except IntegrityError as clash:
        raise Refused([Refusal(rules.Reason.OFFERED_ALREADY, {"dwelling": dwelling})]) from clash
    record(offer, "allocation.offered", on=offered_on, by=by, dwelling=dwelling)
    return offer


@transaction.atomic
def change_offer(
    offer: Offer, *, on: date, by: Actor | None, expected_version: int | None = None, **facts: Any
) -> Offer:
    """When the dwelling is free, and what is still missing in it. Raises Conflict when somebody else saved meanwhile."""
    reasons = rules.gone_reasons(offer_facts(offer))
    days = (facts.get("available_from", offer.available_from), facts.get("available_until", offer.available_until))
    refuse_if(
        reasons
        + rules.offer_reasons(
            str(offer.dwelling),
            is_offered=False,
            is_own=_is_own(offer.dwelling, by),
            lived_in_on=None,
            available=days,
        )
    )
    save_version(offer, fields=facts, expected_version=expected_version, by=by)
    record(offer, "allocation.offer_changed", on=on, by=by, dwelling=offer.dwelling)
    return offer


@transaction.atomic
def withdraw_offer(offer: Offer, *, on: date, why: str = "", by: Actor | None) -> Offer:
    """The landlord takes the dwelling back, with a reason. Refused while a candidate or resident holds it."""
    _lock(offer)
    reasons = rules.withdraw_reasons(offer_facts(offer), held=held(offer), why=why)
    if not _is_own(offer.dwelling, by):
        reasons.append(Refusal(rules.Reason.NOT_YOURS, {"dwelling": str(offer.dwelling)}))
    refuse_if(reasons)
    offer.withdrawn_on = on
    offer.save(update_fields=["withdrawn_on"])
    record(offer, "allocation.withdrawn", on=on, by=by, dwelling=offer.dwelling, why=why)
    return offer


@transaction.atomic
def use_up(offer: Offer, *, on: date | None, by: Actor | None) -> Offer:
    """The dwelling became the resident's own tenancy and leaves the pool (P8)."""
    _lock(offer)
    refuse_if(rules.gone_reasons(offer_facts(offer)))
    offer.used_up_on = on
    offer.save(update_fields=["used_up_on"])
    record(offer, "allocation.used_up", on=on, by=by, dwelling=offer.dwelling)
    return offer


def _lock(row: Offer | Allocation | Pathway) -> None:
    """See the row as it is now, and let nobody else change it before this is done."""
    manager: Any = row._meta.model._base_manager
    row.refresh_from_db(from_queryset=manager.select_for_update())


# ---- the choice and the answer ----


@transaction.atomic
def choose(
    offer: Offer,
    pathway: Pathway,
    *,
    motive: str,
    on: date | None,
    answer_by: date | None = None,
    by: Actor | None,
    history: bool = False,
) -> Allocation:
    """People choose this candidate for this dwelling, and say why (P17). Of two choices at once one wins, the other hears who was first."""
    _lock(offer)
    _lock(pathway)
    if not history and on:
        facts = {"held": held(offer, pathway), "motive": motive, "on": on}
        refuse_if(rules.choose_reasons(offer_facts(offer), candidate_facts(pathway), **facts))  # type: ignore[arg-type]  # each its own kind
    allocation = _made(offer, pathway, motive=motive, chosen_on=on, chosen_by=getattr(by, "contact", None))
    dwelling = offer.dwelling
    if pathway.stage == Stage.WAITING:
        if on and answer_by is None and not history:
            answer_by = on + rules.DAY * rule_of(pathway.programme, on).hear_days
        move(pathway, Stage.ALLOCATED)
        await_(
            pathway,
            Awaited.CANDIDATE,
            party=Party.CANDIDATE,
            name=pathway.person.name,
            by_day=answer_by,
            dwelling=dwelling,
        )
    if on is None:
        note_unknown(pathway, "chosen_on")
    record(allocation, "allocation.chosen", on=on, by=by, dwelling=dwelling)
    if on and not history:
        _tell(pathway, News.CHOSEN, on=on, by=by, dwelling=dwelling)
    return allocation


def _made(offer: Offer, pathway: Pathway, **facts: Any) -> Allocation:
    try:
        with transaction.atomic():
            return Allocation.objects.create(programme_id=offer.programme_id, offer=offer, pathway=pathway, **facts)
    except IntegrityError as clash:
        raise Refused(rules.taken_reasons(held(offer, pathway), person=pathway.person.name)) from clash


@transaction.atomic
def accept(allocation: Allocation, *, on: date | None, by: Actor | None, history: bool = False) -> Allocation:
    """The candidate takes the dwelling; papers and keys come next."""
    _lock(allocation)
    if not history and on:
        refuse_if(_answer_reasons(allocation, on))
    pathway, dwelling = allocation.pathway, allocation.offer.dwelling
    allocation.accepted_on = on
    allocation.save(update_fields=["accepted_on"])
    reach(pathway, Station.ALLOCATION, on=on)
    party = Party.WORKER if pathway.worker else Party.COORDINATOR
    name = pathway.worker.name if pathway.worker else ""
    await_(pathway, Awaited.PAPERS, party=party, name=name, by_day=None, dwelling=dwelling)
    record(allocation, "allocation.accepted", on=on, by=by, dwelling=dwelling)
    if on and not history:
        _tell(pathway, News.ACCEPTED, on=on, by=by, about=Station.KEYS, dwelling=dwelling)
    return allocation


@transaction.atomic
def decline(allocation: Allocation, *, code: str, why: str = "", on: date, by: Actor | None) -> Allocation:
    """The candidate does not take the dwelling: it is free again, and the candidate waits on."""
    _lock(allocation)
    pathway, dwelling = allocation.pathway, allocation.offer.dwelling
    known = [each.code for each in codes(pathway.programme, CodeList.CANDIDATE_REFUSAL, on=on)]
    refuse_if(_answer_reasons(allocation, on) + rules.decline_reasons(code, codes=known))
    for name, value in {"declined_on": on, "released_on": on, "declined_code": code, "declined_why": why}.items():
        setattr(allocation, name, value)
    allocation.save(update_fields=["declined_on", "released_on", "declined_code", "declined_why"])
    _wait_on(pathway)
    reason = code_label(pathway.programme, CodeList.CANDIDATE_REFUSAL, code)
    record(allocation, "allocation.declined", on=on, by=by, dwelling=dwelling, reason=reason)
    _tell(pathway, News.DECLINED, on=on, by=by, dwelling=dwelling, code=code)
    return allocation


@transaction.atomic
def release(allocation: Allocation, *, on: date, by: Actor | None) -> Allocation:
    """The candidate or former resident no longer holds the dwelling; who had not moved in yet waits on."""
    _lock(allocation)
    gone = [Refusal(rules.Reason.RELEASED_ALREADY, {"on": allocation.released_on})] if allocation.released_on else []
    refuse_if(gone)
    allocation.released_on = on
    allocation.save(update_fields=["released_on"])
    if allocation.pathway.stage == Stage.ALLOCATED:
        _wait_on(allocation.pathway)
    record(allocation, "allocation.released", on=on, by=by, dwelling=allocation.offer.dwelling)
    return allocation


@transaction.atomic
def give_back(allocation: Allocation, *, on: date, by: Actor | None) -> Allocation:
    """A candidate who accepted loses the dwelling before the keys; who lives there keeps it until the stay ends."""
    _lock(allocation.pathway)
    lives_there = allocation.pathway.stage != Stage.ALLOCATED and allocation.released_on is None
    refuse_if([Refusal(rules.Reason.HOLDS_KEYS)] if lives_there else [])
    return release(allocation, on=on, by=by)


def _answer_reasons(allocation: Allocation, on: date) -> list[Refusal]:
    return rules.answer_reasons(
        chosen_on=allocation.chosen_on,
        accepted_on=allocation.accepted_on,
        declined_on=allocation.declined_on,
        released_on=allocation.released_on,
        on=on,
    )


def _wait_on(pathway: Pathway) -> None:
    _lock(pathway)
    if pathway.stage != Stage.ALLOCATED:
        return
    move(pathway, Stage.WAITING)
    step_back(pathway, Station.ALLOCATION)
    expect(pathway, Station.KEYS, on=None)
    await_(pathway, Awaited.DWELLING, party=Party.HOUSING, by_day=None)


# ---- what the referrer reads ----


def _tell(
    pathway: Pathway, news: News, *, on: date, by: Actor | None, about: Station = Station.ALLOCATION, **facts: Any
) -> None:
    """The referrer hears, and by when they hear again (P24)."""
    due_on = on + rules.DAY * rule_of(pathway.programme, on).news_days

    def words() -> str:
        again = gettext("You will hear more by %(day)s.") % {"day": day(due_on)}
        reason = code_label(pathway.programme, CodeList.CANDIDATE_REFUSAL, facts.get("code", ""))
        return f"{str(news.label) % (facts | {'reason': reason})}\n\n{again}"

    if tell_referrer(pathway, Kind.ALLOCATION, words=words, on=on, by=by):
        keep_promises(pathway, on=on)
    promise(pathway, about, due_on=due_on, on=on)
