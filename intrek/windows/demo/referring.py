"""The first half of the demo's stories: somebody is referred, discussed, accepted or not."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.actions import add_person, add_residence, give_consent, set_registration
from intrek.ground.people.models import Person
from intrek.ground.programmes.models import TrackKind
from intrek.ground.programmes.queries import track_of
from intrek.story.intervision.actions import decide, plan_meeting, put_on_agenda
from intrek.story.intervision.models import Decision, Meeting, Why
from intrek.story.referral.actions import submit_referral
from intrek.windows.demo.cast import Cast

MEETING_NOTICE = 14


@dataclass(frozen=True)
class Somebody:
    """An invented person who is referred, so many days ago, by a colleague of the cast; a sitting tenant is a tenant at that colleague's."""

    given_name: str
    family_name: str
    born_on: date
    referrer: str
    days_ago: int
    track: TrackKind = TrackKind.TRIAL
    domicile_years: float | None = 4
    mental_health: str = "diagnosed"
    mental_health_note: str = ""
    addiction: str = YesNoUnknown.NO
    household_kind: str = "single"
    phone: str = ""
    tenancy: str = ""
    answers: dict[str, Any] = field(default_factory=dict)


def _person(cast: Cast, who: Somebody) -> Person:
    on = cast.ago(who.days_ago)
    by = cast.member(who.referrer, who.days_ago)
    person = add_person(
        cast.programme,
        given_name=who.given_name,
        family_name=who.family_name,
        birth_on=who.born_on,
        phone=who.phone,
        language="Nederlands",
        household_kind=who.household_kind,
        on=on,
        by=by,
    )
    if who.domicile_years is None:
        # A year is all that is known: too imprecise to count days, and it stays so (P3).
        span = (date(on.year - 2, 1, 1), date(on.year - 2, 12, 31))
        add_residence(person, municipality="Izegem", since=span, still_there=True, domicile=YesNoUnknown.UNKNOWN)
    else:
        since = on - timedelta(days=round(365 * who.domicile_years))
        add_residence(
            person,
            municipality=cast.programme.municipality,
            since=(since, since),
            still_there=True,
            domicile=YesNoUnknown.YES,
            kind="with_others",
        )
    number = f"S{cast.on.year}{who.days_ago:04d}"
    set_registration(
        person, registered=YesNoUnknown.YES, where="Woonmaatschappij De Reie", number=number, since_on=None
    )
    give_consent(person, given_on=on, purpose="Bespreking in de intervisie met de partners.")
    return person


def refer(cast: Cast, who: Somebody) -> Pathway:
    """The referrer brings somebody forward."""
    by = cast.member(who.referrer, who.days_ago)
    answers = {
        "known_since": "ongeveer een jaar",
        "commits": YesNoUnknown.YES,
        "repeated_housing": YesNoUnknown.YES,
        "housing_note": "Twee keer de woning verloren in vijf jaar, daarna bij familie.",
        "income": "leefloon",
        "accepts_support": YesNoUnknown.YES,
        "support_need": "Structuur in de dag, papieren, de woning op orde houden.",
        "motivation": "Wil een eigen plek en wil daar hulp bij.",
    }
    care = {
        "mental_health": who.mental_health,
        "mental_health_note": who.mental_health_note,
        "addiction": who.addiction,
    }
    referral = submit_referral(
        _person(cast, who),
        track=track_of(cast.programme, who.track),
        organisation=by.organisation,
        referrer=by.contact,
        referred_on=cast.ago(who.days_ago),
        answers=answers | who.answers | (_tenancy(who, by) if who.tenancy else {}),
        care=None if by.organisation.is_housing else care,
        by=by,
    )
    return Pathway.objects.get(pk=referral.pathway_id)


def _tenancy(who: Somebody, landlord: Membership) -> dict[str, Any]:
    return {"dwelling_address": who.tenancy, "landlord": landlord.organisation, "tenant_since": "vier jaar"}


def meeting(cast: Cast, days_ago: int) -> Meeting:
    """The intervision of that day; a negative number lies ahead."""
    known = Meeting.objects.filter(programme=cast.programme, on=cast.ago(days_ago)).first()
    return known or plan_meeting(
        cast.programme,
        on=cast.ago(days_ago),
        starts_at=time(13, 30),
        ends_at=time(16, 0),
        place="OCMW, zaal 2",
        chair=cast.members["an"].contact,
        agenda_closes_on=cast.ago(days_ago + 5),
        by=cast.member("an", max(days_ago, 0) + MEETING_NOTICE),
    )


def discuss(cast: Cast, pathway: Pathway, *, days_ago: int, decision: Decision, **told: Any) -> Pathway:
    """The partners discuss the referral and decide, with a motive and somebody who follows it up."""
    by = cast.member("an", days_ago)
    item = put_on_agenda(meeting(cast, days_ago), pathway, why=Why.NEW_REFERRAL, by=by)
    motive = {
        "motive": "Besproken met de partners.",
        "motive_for_referrer": "De partners bespraken de vraag op de intervisie.",
    }
    decide(item, decision=decision, owner=by.contact, on=cast.ago(days_ago), by=by, **(motive | told))
    return Pathway.objects.get(pk=pathway.pk)


def accepted(cast: Cast, who: Somebody, *, days_ago: int) -> Pathway:
    """Referred, and accepted so many days ago."""
    motive = "Past bij de doelgroep en wil begeleiding."
    pathway = refer(cast, who)
    return discuss(
        cast, pathway, days_ago=days_ago, decision=Decision.ACCEPT, motive=motive, motive_for_referrer=motive
    )
