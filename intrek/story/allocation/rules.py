"""How many dwellings a year, which candidate may be chosen, and how the stock looks over time (P8, P17)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal, WayOut

DAY = timedelta(days=1)


class Reason(TextChoices):
    """Why an offer or a choice is refused."""

    OFFERED_ALREADY = "offered_already", _("%(dwelling)s is already offered to the programme.")
    NOT_YOURS = "not_yours", _("%(dwelling)s belongs to another landlord.")
    LIVED_IN = "lived_in", _("Somebody still lives at %(dwelling)s on %(on)s.")
    OVER_QUOTA = (
        "over_quota",
        _("%(count)d of %(quota)d dwellings were already offered in %(year)s. One more can be taken, with a motive."),
    )
    AVAILABLE_BEFORE_OFFER = (
        "available_before_offer",
        _("The last day, %(until_on)s, lies before the first, %(from_on)s."),
    )
    WITHDRAWN = "withdrawn", _("%(dwelling)s was withdrawn on %(on)s.")
    USED_UP = "used_up", _("%(dwelling)s became somebody's own tenancy on %(on)s.")
    NO_WHY = "no_why", _("Write why.")
    TAKEN = "taken", _("%(dwelling)s was already given to %(person)s on %(on)s.")
    HAS_DWELLING = "has_dwelling", _("%(person)s was already chosen for %(dwelling)s on %(on)s.")
    NOT_WAITING = "not_waiting", _("%(person)s does not wait for a dwelling: the pathway is %(stage)s.")
    NOT_TRIAL = "not_trial", _("%(person)s is a sitting tenant and needs no dwelling.")
    NO_MOTIVE = "no_motive", _("Write why this person is chosen.")
    BEFORE_OFFER = "before_offer", _("%(dwelling)s was only offered on %(on)s.")
    BEFORE_ACCEPTANCE = "before_acceptance", _("%(person)s was only accepted on %(on)s.")
    ACCEPTED_ALREADY = "accepted_already", _("The candidate already accepted on %(on)s.")
    DECLINED_ALREADY = "declined_already", _("The candidate already declined on %(on)s.")
    RELEASED_ALREADY = "released_already", _("The candidate no longer holds the dwelling since %(on)s.")
    BEFORE_CHOICE = "before_choice", _("The candidate was only chosen on %(on)s.")
    NO_CODE = "no_code", _("Choose why the candidate declines.")
    UNKNOWN_CODE = "unknown_code", _("“%(code)s” is not a reason of this programme.")
    HOLDS_KEYS = "holds_keys", _("Somebody lives there: the dwelling is free when the stay ends.")


@dataclass(frozen=True)
class OfferFacts:
    """An offer as the rules look at it."""

    dwelling: str
    offered_on: date | None = None
    withdrawn_on: date | None = None
    used_up_on: date | None = None
    available_from: date | None = None


@dataclass(frozen=True)
class Held:
    """An allocation that is not released: who holds which dwelling since when."""

    person: str
    dwelling: str
    on: date | None


@dataclass(frozen=True)
class CandidateFacts:
    """A pathway as somebody who may be chosen."""

    person: str
    stage: str
    stage_label: Any
    is_trial: bool
    accepted_on: date | None = None


def counted(offers: Iterable[tuple[UUID, date | None]], year: int) -> int:
    """How many dwellings were offered in a calendar year: each once, however often it came back (P8)."""
    return len({dwelling for dwelling, offered_on in offers if offered_on and offered_on.year == year})


def quota_reasons(
    *, count: int, quota: int, year: int, counts_already: bool, motive: str, way_out: WayOut | None = None
) -> list[Refusal]:
    """Why one more dwelling is not taken without a motive (P8)."""
    if counts_already or count < quota or motive.strip():
        return []
    # The year as text: it is a name, not an amount with a separator.
    facts = {"count": count, "quota": quota, "year": str(year)}
    return [Refusal(Reason.OVER_QUOTA, facts, way_out=way_out, form_field="over_quota_motive")]


def offer_reasons(
    dwelling: str,
    *,
    is_offered: bool,
    is_own: bool,
    lived_in_on: date | None,
    available: tuple[date | None, date | None] = (None, None),
) -> list[Refusal]:
    """Why a dwelling may not be offered; the quota is asked apart."""
    facts = {"dwelling": dwelling}
    reasons = [Refusal(Reason.OFFERED_ALREADY, facts)] if is_offered else []
    if not is_own:
        reasons.append(Refusal(Reason.NOT_YOURS, facts))
    if lived_in_on:
        reasons.append(Refusal(Reason.LIVED_IN, facts | {"on": lived_in_on}, form_field="available_from"))
    from_on, until_on = available
    if from_on and until_on and until_on < from_on:
        days = {"from_on": from_on, "until_on": until_on}
        reasons.append(Refusal(Reason.AVAILABLE_BEFORE_OFFER, days, form_field="available_until"))
    return reasons


def gone_reasons(offer: OfferFacts) -> list[Refusal]:
    """Why nothing can be done with an offer any more: withdrawn, or somebody's own tenancy by now."""
    reasons = []
    if offer.withdrawn_on:
        reasons.append(Refusal(Reason.WITHDRAWN, {"dwelling": offer.dwelling, "on": offer.withdrawn_on}))
    if offer.used_up_on:
        reasons.append(Refusal(Reason.USED_UP, {"dwelling": offer.dwelling, "on": offer.used_up_on}))
    return reasons


def taken_reasons(held: Iterable[Held], *, person: str) -> list[Refusal]:
    """Why a dwelling is not free, or a candidate not: who holds which since when."""
    reasons = []
    for each in held:
        facts = {"dwelling": each.dwelling, "person": each.person, "on": each.on or "–"}
        reasons.append(Refusal(Reason.HAS_DWELLING if each.person == person else Reason.TAKEN, facts))
    return reasons


def withdraw_reasons(offer: OfferFacts, *, held: Iterable[Held], why: str) -> list[Refusal]:
    """Why a dwelling may not be taken back from the programme."""
    reasons = gone_reasons(offer) + taken_reasons(held, person="")
    return reasons if why.strip() else [*reasons, Refusal(Reason.NO_WHY, form_field="why")]


def choose_reasons(
    offer: OfferFacts, candidate: CandidateFacts, *, held: Iterable[Held], motive: str, on: date
) -> list[Refusal]:
    """Why this candidate may not be chosen for this dwelling; people choose, and say why (P17)."""
    person = {"person": candidate.person}
    reasons = gone_reasons(offer) + taken_reasons(held, person=candidate.person)
    if not candidate.is_trial:
        reasons.append(Refusal(Reason.NOT_TRIAL, person))
    if candidate.stage != "waiting":
        reasons.append(Refusal(Reason.NOT_WAITING, person | {"stage": candidate.stage_label}))
    if offer.offered_on and on < offer.offered_on:
        facts = {"dwelling": offer.dwelling, "on": offer.offered_on}
        reasons.append(Refusal(Reason.BEFORE_OFFER, facts, form_field="on"))
    if candidate.accepted_on and on < candidate.accepted_on:
        reasons.append(Refusal(Reason.BEFORE_ACCEPTANCE, person | {"on": candidate.accepted_on}, form_field="on"))
    if not motive.strip():
        reasons.append(Refusal(Reason.NO_MOTIVE, form_field="motive"))
    return reasons


def answer_reasons(
    *,
    chosen_on: date | None,
    accepted_on: date | None,
    declined_on: date | None,
    released_on: date | None,
    on: date,
) -> list[Refusal]:
    """Why the candidate's answer is refused."""
    reasons = []
    if accepted_on:
        reasons.append(Refusal(Reason.ACCEPTED_ALREADY, {"on": accepted_on}))
    if declined_on:
        reasons.append(Refusal(Reason.DECLINED_ALREADY, {"on": declined_on}))
    elif released_on:
        reasons.append(Refusal(Reason.RELEASED_ALREADY, {"on": released_on}))
    if chosen_on and on < chosen_on:
        reasons.append(Refusal(Reason.BEFORE_CHOICE, {"on": chosen_on}, form_field="on"))
    return reasons


def decline_reasons(code: str, *, codes: Iterable[str]) -> list[Refusal]:
    """Why the reason of a candidate's refusal is not good enough."""
    if not code:
        return [Refusal(Reason.NO_CODE, form_field="code")]
    return [] if code in set(codes) else [Refusal(Reason.UNKNOWN_CODE, {"code": code}, form_field="code")]


# ---- the stock over time ----


class State(TextChoices):
    """What a dwelling of the pool is doing on a day."""

    OFFERED = "offered", _("offered, not free yet")
    FREE = "free", _("free")
    CANDIDATE = "candidate", _("candidate decides")
    PREPARED = "prepared", _("being prepared")
    TRIAL = "trial", _("trial stay")
    TENANCY = "tenancy", _("own tenancy, out of the pool")
    WITHDRAWN = "withdrawn", _("withdrawn")


@dataclass(frozen=True)
class Stretch:
    """Something a dwelling does from a day until a day, both inclusive; null: since always, or without an end known."""

    kind: str
    from_on: date | None
    until_on: date | None
    text: str = ""


@dataclass(frozen=True)
class Given:
    """An allocation as the picture looks at it; ``starts_on`` is when the stay is planned to begin."""

    chosen_on: date | None
    accepted_on: date | None
    released_on: date | None
    starts_on: date | None
    who: str = ""


@dataclass(frozen=True)
class Lived:
    """A stay or tenancy as the picture looks at it; ``expected_until`` is the agreed last day of one that runs."""

    is_lease: bool
    from_on: date | None
    until_on: date | None
    expected_until: date | None = None
    who: str = ""


def _lived(stays: Iterable[Lived]) -> list[Stretch]:
    return [
        Stretch("own" if each.is_lease else "solid", each.from_on, each.until_on or each.expected_until, each.who)
        for each in stays
    ]


def _given(given: Given, stays: Sequence[Lived]) -> list[Stretch]:
    first = given.accepted_on
    if given.released_on:
        return []
    if first is None:
        return [Stretch("free", given.chosen_on, None, str(State.CANDIDATE.label))] if given.chosen_on else []
    later = [each.from_on for each in stays if each.from_on and each.from_on >= first]
    moved_in = min(later) if later else None
    until_on = moved_in - DAY if moved_in else given.starts_on - DAY if given.starts_on else None
    found = [Stretch("ready", first, until_on)] if until_on is None or until_on >= first else []
    if given.starts_on and not moved_in:
        found.append(Stretch("planned", given.starts_on, None, given.who))
    return found


def stretches(offers: Iterable[OfferFacts], given: Iterable[Given], stays: Iterable[Lived]) -> list[Stretch]:
    """All that one dwelling did and will do, without a gap while it is in the pool: what is left over is *free*."""
    lived = list(stays)
    busy = _lived(lived)
    for each in given:
        busy += _given(each, lived)
    for offer in offers:
        starts = offer.offered_on
        if starts and offer.available_from and offer.available_from > starts:
            busy.append(Stretch("wait", starts, offer.available_from - DAY))
    ordered = sorted(busy, key=lambda each: each.from_on or date.min)
    free = [gap for offer in offers for gap in _gaps(offer, ordered)]
    return sorted([*ordered, *free], key=lambda each: each.from_on or date.min)


def _gaps(offer: OfferFacts, busy: Sequence[Stretch]) -> list[Stretch]:
    starts = offer.offered_on
    if starts is None:
        return []
    gone = min((each for each in (offer.withdrawn_on, offer.used_up_on) if each), default=None)
    found = []
    at: date | None = starts
    for each in busy:
        first, last = each.from_on or date.min, each.until_on
        if at is None or (gone and first >= gone):
            break
        if last and last < at:
            continue
        if first > at:
            found.append(Stretch("free", at, first - DAY))
        at = last + DAY if last else None
    if at is not None and (gone is None or at < gone):
        found.append(Stretch("free", at, gone - DAY if gone else None))
    return found


def state_of(offer: OfferFacts, given: Given | None, stays: Iterable[Lived], on: date) -> State:
    """What a dwelling of the pool is doing on a day."""
    here = [each for each in stays if (each.from_on is None or each.from_on <= on)]
    here = [each for each in here if each.until_on is None or each.until_on >= on]
    if offer.withdrawn_on and offer.withdrawn_on <= on:
        return State.WITHDRAWN
    if offer.used_up_on or any(each.is_lease for each in here):
        return State.TENANCY
    if here:
        return State.TRIAL
    if given and not given.released_on:
        return State.PREPARED if given.accepted_on else State.CANDIDATE
    return State.OFFERED if offer.available_from and offer.available_from > on else State.FREE
