"""The second half of the demo's stories: a dwelling, papers and keys, support, evaluations, a home of one's own."""

import json
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import make_aware

from intrek.ground.documents.actions import ask_party, make_paper, sign_file, sign_paper
from intrek.ground.documents.queries import papers_of
from intrek.ground.dwellings.actions import add_dwelling
from intrek.ground.pathways.actions import assign_worker
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeList, PaperGroup
from intrek.ground.programmes.queries import codes
from intrek.ground.services.actions import add_service, ask_service
from intrek.ground.services.models import OutsideService
from intrek.ground.services.queries import find_service
from intrek.story.allocation.actions import accept, choose, offer_dwelling
from intrek.story.allocation.models import Allocation, Offer
from intrek.story.allocation.queries import quota_of
from intrek.story.evaluation.actions import hold_evaluation
from intrek.story.evaluation.models import Evaluation
from intrek.story.placement.actions import ask_payment, book_payment, prepare_placement, set_fee, set_no_domicile
from intrek.story.placement.models import Placement
from intrek.story.placement.queries import to_ask
from intrek.story.support.actions import note_visit, plan_visit, start_stay
from intrek.story.support.models import SupportTerm, VisitState
from intrek.windows.demo.cast import Cast

NOTES = (
    "Koffie gedronken, de post samen geopend en gesorteerd. Eén factuur betaald.",
    "Samen naar de winkel. Gaat vlotter dan vorige maand.",
    "De keuken was op orde. Gesproken over de buren en de muziek 's avonds.",
    "Moe vandaag, weinig geslapen. Kort gehouden, volgende week terug.",
    "Naar het dienstencentrum geweest om kennis te maken.",
    "Papieren voor de mutualiteit ingevuld.",
)

# Of these papers somebody has signed and somebody has not.
ON_SCREEN = ("consent", "house_rules")
OVER_QUOTA = "De woning komt nu vrij en past bij wie het langst wacht."


def offered(cast: Cast, address: str, owner: str, *, days_ago: int, bedrooms: int = 1) -> Offer:
    """A housing partner offers a dwelling to the programme."""
    by, on = cast.member("an", days_ago), cast.ago(days_ago)
    dwelling = add_dwelling(
        cast.programme,
        address,
        owner=cast.organisations[owner],
        postcode="8000",
        municipality=cast.programme.municipality,
        kind="apartment",
        bedrooms=bedrooms,
        on=on,
        by=by,
    )
    # Whether the year is full already depends on the day the demo is made: then one more is taken, with a motive (P8).
    motive = OVER_QUOTA if quota_of(cast.programme, on).is_reached else ""
    return offer_dwelling(dwelling, offered_on=on, available_from=on, over_quota_motive=motive, by=by)


def chosen(cast: Cast, pathway: Pathway, offer: Offer, *, days_ago: int) -> Allocation:
    """People choose the candidate, who has yet to answer."""
    return choose(
        offer,
        pathway,
        motive="Wacht het langst en de woning past: gelijkvloers, dicht bij het dienstencentrum.",
        on=cast.ago(days_ago),
        by=cast.member("an", days_ago),
    )


def prepared(
    cast: Cast, allocation: Allocation, *, starts_ago: int, months: int, decided_ago: int, worker: str = "ruben"
) -> Placement:
    """The candidate accepts; papers, fee and domicile are laid ready."""
    by = cast.member("ruben", decided_ago)
    assign_worker(allocation.pathway, cast.members[worker].contact, on=cast.ago(decided_ago), by=by)
    accept(allocation, on=cast.ago(decided_ago), by=by)
    starts_on = cast.ago(starts_ago)
    placement = prepare_placement(allocation, starts_on=starts_on, months=months, by=by)
    parts = {"stay": 240, "common_parts": 25, "furniture": 30, "water": 25, "gas": 40, "electricity": 52}
    amounts: dict[str, Any] = {name: Decimal(amount) for name, amount in parts.items()}
    set_fee(placement, from_on=starts_on, by=by, **amounts)
    set_no_domicile(
        placement,
        reason="Tijdens het proefwonen blijft het domicilie waar het was.",
        real_address=f"bij familie, 8000 {cast.programme.municipality}",
        from_on=starts_on,
        reviewer=by.contact,
        review_on=starts_on + timedelta(days=180),
        by=by,
    )
    return placement


def sign_papers(cast: Cast, placement: Placement, *, days_ago: int, leave_out: Collection[str] = ()) -> None:
    """The papers before the keys are made and signed, but for those of these kinds."""
    on, by = cast.ago(days_ago), cast.member("ruben", days_ago)
    papers = papers_of(placement.pk).filter(group=PaperGroup.BEFORE_KEYS).exclude(rule__code__in=leave_out)
    for paper in papers.select_related("programme", "pathway"):
        make_paper(paper, on=on, by=by)
        sign_paper(paper, signed_on=on, today=on, by=by)


# A name as it is written with a finger.
DRAWN = [
    [90, 250, 140, 130, 190, 250, 240, 140, 300, 245, 350, 180],
    [330, 240, 420, 170, 470, 250, 560, 150, 620, 245, 760, 190],
]


def noon(on: date) -> datetime:
    """The middle of a day of the demo."""
    return make_aware(datetime.combine(on, time(12)))


def sign_on_screen(cast: Cast, placement: Placement, *, days_ago: int) -> None:
    """Of two papers the rest is to come: the landlord still has to sign one, the worker another."""
    on, by = cast.ago(days_ago), cast.member("ruben", days_ago)
    made = {
        paper.rule.code: make_paper(paper, on=on, by=by)
        for paper in papers_of(placement.pk).filter(rule__code__in=ON_SCREEN).select_related("programme", "pathway")
    }
    at = noon(on)
    for file in made.values():
        name, ink = file.parties["resident"], json.dumps(DRAWN)
        sign_file(file, "resident", name=name, digest=file.digest, ink=ink, at=at, by=by)
    rules = made["house_rules"]
    sign_file(rules, "lead", name=by.label, digest=rules.digest, by_name=True, at=at, by=by)
    ask_party(rules, "landlord", on=on, by=by)


def housed(cast: Cast, pathway: Pathway, offer: Offer, *, starts_ago: int, months: int, worker: str) -> Placement:
    """From choice to keys: the trial stay and its support begin."""
    allocation = chosen(cast, pathway, offer, days_ago=starts_ago + 30)
    placement = prepared(
        cast, allocation, starts_ago=starts_ago, months=months, decided_ago=starts_ago + 25, worker=worker
    )
    sign_papers(cast, placement, days_ago=starts_ago + 3)
    start_stay(
        placement,
        on=cast.ago(starts_ago),
        worker=cast.members[worker].contact,
        agreement_on=cast.ago(starts_ago + 3),
        by=cast.member(worker, starts_ago),
    )
    made = Placement.objects.get(pk=placement.pk)
    runs = made.agreed_last_day is not None and made.agreed_last_day >= cast.on
    asked_and_paid(cast, made, leave_open=(3 if worker == "hanne" else 1) if runs else 0)
    return made


def asked_and_paid(cast: Cast, placement: Placement, *, leave_open: int = 1) -> None:
    """The usage fee was asked at the start of every month and paid a week later, but for the last ``leave_open``."""
    months = to_ask(placement, cast.on)
    for count, month in enumerate(months, start=1):
        days_ago = (cast.on - max(month, placement.keys_on or month)).days
        request = ask_payment(placement, month=month, on=cast.ago(days_ago), by=cast.member("an", days_ago))
        paid_ago = max(days_ago - 7, 0)
        if count <= len(months) - leave_open:
            by = cast.member("an", paid_ago)
            book_payment(request, amount=request.total, paid_on=cast.ago(paid_ago), by=by)


def visited(cast: Cast, pathway: Pathway, worker: str, *, from_ago: int, until_ago: int = 3, every: int = 7) -> None:
    """Weekly home visits in the past, and the next one planned."""
    kinds = [item.code for item in codes(cast.programme, CodeList.HELP)]
    for count, days_ago in enumerate(range(from_ago - every, until_ago - 1, -every)):
        by = cast.member(worker, days_ago)
        visit = plan_visit(pathway, on=cast.ago(days_ago), starts_at=time(10, 0), worker=by.contact, by=by)
        state = VisitState.MISSED if count % 9 == 8 else VisitState.DONE
        note_visit(
            visit,
            state=state,
            on=cast.ago(days_ago),
            minutes=(60, 75, 90)[count % 3],
            help_kinds=[kinds[count % len(kinds)]],
            note=NOTES[count % len(NOTES)] if state == VisitState.DONE else "Niet thuis, briefje in de bus.",
            by=by,
        )


def planned(cast: Cast, pathway: Pathway, worker: str, *, days_ahead: int, hour: int = 10) -> None:
    """A home visit that is still to come, or that nobody noted."""
    by = cast.member(worker, max(-days_ahead, 0) + 7)
    on = cast.ago(-days_ahead)
    plan_visit(pathway, on=on, starts_at=time(hour, 0), worker=by.contact, place="thuis", by=by)


def evaluated(cast: Cast, term: SupportTerm, worker: str, *, days_ago: int, level: int, **told: Any) -> Evaluation:
    """An evaluation held with the resident; ``level`` is roughly how it goes, 0 to 4."""
    domains = [item.code for item in codes(cast.programme, CodeList.LIFE_DOMAIN)]
    scores = {
        domain: (min(4, max(0, level + at % 3 - 1)), None if at == 5 else min(4, max(0, level + (at + 1) % 2 - 1)))
        for at, domain in enumerate(domains)
    }
    usual: dict[str, Any] = {
        "is_final": False,
        "is_positive": None,
        "going_well": "De woning is netjes en de rekeningen zijn betaald.",
        "hard": "De avonden duren lang.",
        "agreed": "Elke vrijdag samen de post; kennismaken in het dienstencentrum.",
        "resident_words": "Het is hier rustig. Ik slaap beter.",
    }
    return hold_evaluation(
        term, held_on=cast.ago(days_ago), scores=scores, by=cast.member(worker, days_ago), **(usual | told)
    )


def asked(
    cast: Cast, pathway: Pathway, name: str, *, days_ago: int, expected_on: date | None, waiting: bool = True
) -> None:
    """A service from outside is asked for this person (P21)."""
    service: OutsideService = find_service(cast.programme, name) or add_service(cast.programme, name)
    by = cast.member("ruben", days_ago)
    ask_service(
        pathway,
        service,
        asked_on=cast.ago(days_ago),
        asked_by=by.contact,
        is_on_waiting_list=waiting,
        expected_on=expected_on,
        last_checked_on=cast.ago(days_ago),
        by=by,
    )
