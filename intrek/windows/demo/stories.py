"""The people of the demo, each with a story; together they show every room at work."""

from datetime import date, timedelta
from typing import Any

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import TrackKind
from intrek.ground.programmes.queries import track_of
from intrek.story.aftercare.actions import close, knock, start_aftercare
from intrek.story.intervision.actions import put_on_agenda
from intrek.story.intervision.models import Decision, Why
from intrek.story.placement.models import Placement
from intrek.story.referral.actions import withdraw_referral
from intrek.story.referral.models import WithdrawnBy
from intrek.story.support.actions import (
    add_eviction_step,
    add_goal_step,
    add_threat,
    ask_for_talk,
    end_stay,
    end_support,
    set_goal,
    start_support,
    suspend,
)
from intrek.story.support.models import SupportTerm
from intrek.story.tenancy.actions import sign_tenancy
from intrek.windows.demo.cast import HOUSING, SECOND_HOUSING, Cast
from intrek.windows.demo.living import (
    ON_SCREEN,
    asked,
    chosen,
    evaluated,
    housed,
    offered,
    planned,
    prepared,
    sign_on_screen,
    sign_papers,
    visited,
)
from intrek.windows.demo.looking import looked_over, looked_over_again
from intrek.windows.demo.referring import Somebody, accepted, discuss, meeting, refer

SITTING = TrackKind.SITTING
AT_RISK = {"threats": ["arrears"], "threat_note": "Drie maanden achterstand, de verhuurder wil niet langer wachten."}


def _term(pathway: Pathway) -> SupportTerm:
    return SupportTerm.objects.get(pathway=pathway, ended_on=None)


def _fresh(pathway: Pathway) -> Pathway:
    return Pathway.objects.get(pk=pathway.pk)


def newcomers(cast: Cast) -> None:
    """Referred lately: one not on any agenda, one whose domicile is not known, two on the next agenda, one asked for more."""
    refer(cast, Somebody("Kelly", "Debruyne", date(1991, 6, 26), "bram", 2, mental_health="suspected"))
    refer(cast, Somebody("Tom", "Ghekiere", date(1988, 3, 4), "ilse", 6, domicile_years=None, addiction="yes"))
    for who in (
        Somebody("Ayşe", "Yıldız", date(1979, 10, 1), "ilse", 16, mental_health_note="stemmingsstoornis"),
        Somebody(
            "Marc",
            "Vanhecke",
            date(1961, 4, 24),
            "hilde",
            20,
            SITTING,
            answers=AT_RISK,
            tenancy="Moerkerkse Steenweg 194",
        ),
    ):
        put_on_agenda(meeting(cast, -2), refer(cast, who), why=Why.NEW_REFERRAL, by=cast.member("an", 10))
    asking = refer(cast, Somebody("Leen", "Pauwels", date(1967, 10, 14), "bram", 60, mental_health="unknown"))
    question = "Kunt u navragen bij wie zij in behandeling is?"
    told = {"motive_for_referrer": question}
    discuss(cast, asking, days_ago=33, decision=Decision.ASK_MORE, **told)


def waiting(cast: Cast) -> None:
    """Accepted and waiting for a dwelling or for support."""
    accepted(cast, Somebody("Johan", "Claeys", date(1964, 8, 12), "ilse", 250, household_kind="couple"), days_ago=215)
    accepted(
        cast, Somebody("Nadia", "Hoornaert", date(1994, 5, 27), "bram", 140, mental_health="suspected"), days_ago=117
    )
    accepted(cast, Somebody("Greta", "Naessens", date(2000, 3, 14), "ilse", 70, addiction="unknown"), days_ago=33)
    accepted(
        cast,
        Somebody(
            "Chris", "Noyez", date(2001, 2, 2), "hilde", 65, SITTING, answers=AT_RISK, tenancy="Koolkerkse Steenweg 22"
        ),
        days_ago=33,
    )
    offered(cast, "Lange Rei 88", HOUSING, days_ago=40)


def moving_in(cast: Cast) -> None:
    """One candidate has to answer, one signs papers before the keys."""
    candidate = accepted(cast, Somebody("Paul", "Vandewalle", date(1972, 1, 9), "bram", 190), days_ago=167)
    chosen(cast, candidate, offered(cast, "Baron Ruzettelaan 130 bus 2", SECOND_HOUSING, days_ago=30), days_ago=4)
    signing = accepted(
        cast, Somebody("Fatima", "El Amrani", date(1984, 5, 14), "ilse", 160, phone="050001124"), days_ago=117
    )
    home = offered(cast, "Gulden-Vlieslaan 23", HOUSING, days_ago=60, bedrooms=2)
    allocation = chosen(cast, signing, home, days_ago=21)
    placement = prepared(cast, allocation, starts_ago=-8, months=6, decided_ago=18)
    sign_papers(cast, placement, days_ago=2, leave_out=ON_SCREEN)
    sign_on_screen(cast, placement, days_ago=2)


def trial_resident(cast: Cast) -> None:
    """Month seven of twelve: visits, evaluations, goals, an admission, services that come too late."""
    linda = accepted(cast, Somebody("Linda", "Dhondt", date(1980, 2, 17), "bram", 320, phone="050001122"), days_ago=280)
    home = offered(cast, "Veltemweg 7", SECOND_HOUSING, days_ago=250)
    looked_over(cast, housed(cast, linda, home, starts_ago=190, months=12, worker="ruben"), days_ago=190)
    linda, term = _fresh(linda), _term(linda)
    evaluated(cast, term, "ruben", days_ago=130, level=1)
    suspend(term, from_on=cast.ago(112), until_on=cast.ago(99), reason_code="hospital", by=cast.member("ruben", 112))
    evaluated(cast, _term(linda), "ruben", days_ago=55, level=2)
    visited(cast, linda, "ruben", from_ago=190)
    planned(cast, linda, "ruben", days_ahead=0, hour=9)
    by = cast.member("ruben", 120)
    post = set_goal(linda, domain="admin", text="Facturen zelf openen", set_on=cast.ago(120), by=by)
    add_goal_step(post, text="Elke vrijdag samen de post", by=by)
    outside = set_goal(linda, domain="daily_structure", text="Twee keer per week buiten", set_on=cast.ago(120), by=by)
    add_goal_step(outside, text="Kennismaken in het dienstencentrum", by=by)
    too_late = (_term(linda).agreed_last_day or cast.on) + timedelta(days=90)
    asked(cast, linda, "Poetshulp Cadans", days_ago=150, expected_on=too_late)
    asked(cast, linda, "Mobiel Team", days_ago=100, expected_on=cast.ago(-75))
    planned(cast, linda, "ruben", days_ahead=-5, hour=14)


def just_started(cast: Cast) -> None:
    """The second month of a trial stay, carried by another worker."""
    bart = accepted(cast, Somebody("Bart", "Wyffels", date(1994, 5, 18), "ilse", 200, addiction="yes"), days_ago=167)
    home = offered(cast, "Sint-Jozefstraat 14", HOUSING, days_ago=110)
    housed(cast, bart, home, starts_ago=45, months=6, worker="hanne")
    visited(cast, _fresh(bart), "hanne", from_ago=45)
    planned(cast, _fresh(bart), "hanne", days_ahead=1, hour=13)
    by = cast.member("hanne", 3)
    ask_for_talk(_fresh(bart), question="Doorgaan na een opname?", on=cast.ago(3), by=by)


def own_home(cast: Cast) -> None:
    """A trial stay that became a tenancy, with support as sitting tenant."""
    nele = accepted(cast, Somebody("Nele", "Pieters", date(1997, 5, 11), "bram", 420), days_ago=390)
    home = offered(cast, "Kolenkaai 12 bus 3", HOUSING, days_ago=370)
    placement = housed(cast, nele, home, starts_ago=300, months=6, worker="hanne")
    nele = _fresh(nele)
    for days_ago, level in ((240, 1), (180, 2)):
        evaluated(cast, _term(nele), "hanne", days_ago=days_ago, level=level)
    visited(cast, nele, "hanne", from_ago=300, until_ago=122, every=14)
    told = {"is_final": True, "is_positive": True, "next_step": "move_on", "support_goes_on": True}
    evaluated(cast, _term(nele), "hanne", days_ago=125, level=3, **told)
    _sign(cast, placement, days_ago=118, with_support=True)
    evaluated(cast, _term(nele), "hanne", days_ago=57, level=3)
    visited(cast, _fresh(nele), "hanne", from_ago=110, every=14)


def _sign(cast: Cast, placement: Placement, *, days_ago: int, with_support: bool) -> None:
    by = cast.member("an", days_ago)
    support: dict[str, Any] = {
        "support_months": 6,
        "worker": cast.members["hanne"].contact,
        "agreement_on": cast.ago(days_ago),
    }
    sign_tenancy(
        Placement.objects.get(pk=placement.pk),
        starts_on=cast.ago(days_ago),
        signed_on=cast.ago(days_ago),
        landlord=placement.dwelling.owner,
        with_support=with_support,
        conditions="Begeleiding als zittende huurder gedurende zes maanden." if with_support else "",
        by=by,
        **(support if with_support else {}),
    )


def in_aftercare(cast: Cast) -> None:
    """A tenancy without conditions, an anchor person, a talk that is due and a knock."""
    marc = accepted(cast, Somebody("Marc", "Strubbe", date(1958, 4, 25), "ilse", 510), days_ago=480)
    home = offered(cast, "Oliebaan 41", SECOND_HOUSING, days_ago=470)
    placement = housed(cast, marc, home, starts_ago=370, months=6, worker="ruben")
    for days_ago, level in ((310, 2), (250, 3)):
        evaluated(cast, _term(marc), "ruben", days_ago=days_ago, level=level)
    told = {"is_final": True, "is_positive": True, "next_step": "move_on"}
    evaluated(cast, _term(marc), "ruben", days_ago=195, level=3, **told)
    _sign(cast, placement, days_ago=188, with_support=False)
    by, anchor = cast.member("ruben", 186), cast.members["ruben"].contact
    start_aftercare(_fresh(marc), anchor=anchor, from_on=cast.ago(186), how_to_reach="050 00 11 22, werkdagen", by=by)
    told_by = "Hilde Sys, huurdersbegeleider"
    knock(
        _fresh(marc), on=cast.ago(1), who=told_by, what="Twee brieven bleven zonder antwoord.", by=cast.member("an", 1)
    )


def sitting_tenants(cast: Cast) -> None:
    """Support in the home that somebody is about to lose: one with a hearing ahead, one whose term is ending."""
    _hearing_ahead(cast)
    _term_ending(cast)


def _hearing_ahead(cast: Cast) -> None:
    dirk = accepted(
        cast,
        Somebody(
            "Dirk",
            "Lippens",
            date(1966, 1, 9),
            "hilde",
            150,
            SITTING,
            answers=AT_RISK,
            tenancy="Sint-Pieterskerklaan 61",
            phone="050001123",
        ),
        days_ago=117,
    )
    _begin(cast, dirk, worker="ruben", starts_ago=100, months=9)
    by = cast.member("ruben", 40)
    add_threat(
        _fresh(dirk), kind="arrears", since_on=cast.ago(200), note="Afbetalingsplan van 60 euro per maand.", by=by
    )
    add_eviction_step(
        _fresh(dirk), kind="hearing", on=cast.ago(-3), note="Het afbetalingsplan moet vooraf binnen zijn.", by=by
    )
    evaluated(cast, _term(dirk), "ruben", days_ago=40, level=2)
    visited(cast, _fresh(dirk), "ruben", from_ago=100)


def _term_ending(cast: Cast) -> None:
    rita = accepted(
        cast,
        Somebody(
            "Rita",
            "Slabbinck",
            date(1959, 1, 14),
            "hilde",
            400,
            SITTING,
            answers=AT_RISK,
            tenancy="Maalse Steenweg 140 bus 4",
        ),
        days_ago=390,
    )
    _begin(cast, rita, worker="ruben", starts_ago=345, months=12)
    add_threat(_fresh(rita), kind="arrears", since_on=cast.ago(420), by=cast.member("ruben", 340))
    for days_ago, level in ((285, 1), (225, 2), (165, 2), (105, 3), (45, 3)):
        evaluated(cast, _term(rita), "ruben", days_ago=days_ago, level=level)
    visited(cast, _fresh(rita), "ruben", from_ago=345, until_ago=8, every=14)


def _begin(cast: Cast, pathway: Pathway, *, worker: str, starts_ago: int, months: int) -> None:
    start_support(
        pathway,
        track=track_of(cast.programme, SITTING),
        starts_on=cast.ago(starts_ago),
        months=months,
        worker=cast.members[worker].contact,
        agreement_on=cast.ago(starts_ago),
        by=cast.member(worker, starts_ago),
    )


def ended(cast: Cast) -> None:
    """Pathways that came to an end, before a start and after one."""
    declined = refer(cast, Somebody("Filip", "Zwaenepoel", date(2003, 9, 28), "ilse", 240, domicile_years=0.1))
    motive = "Minder dan drie maanden domicilie in de laatste drie jaar."
    told = {"reason_code": "domicile_short", "motive": motive, "motive_for_referrer": motive}
    discuss(cast, declined, days_ago=215, decision=Decision.DECLINE, **told)
    taken_back = refer(cast, Somebody("Evy", "Geldof", date(2000, 5, 19), "bram", 90))
    why = "Zij trekt in bij haar zus."
    referral = taken_back.referral
    withdraw_referral(referral, withdrawn_by=WithdrawnBy.CLIENT, why=why, on=cast.ago(75), by=cast.member("bram", 75))
    _dropped_out(cast)
    _gave_up_the_trial(cast)


def _dropped_out(cast: Cast) -> None:
    nico = accepted(
        cast,
        Somebody(
            "Nico", "Ketels", date(1983, 1, 20), "hilde", 330, SITTING, answers=AT_RISK, tenancy="Dudzeelse Steenweg 88"
        ),
        days_ago=280,
    )
    _begin(cast, nico, worker="hanne", starts_ago=260, months=6)
    evaluated(cast, _term(nico), "hanne", days_ago=200, level=1)
    by = cast.member("hanne", 180)
    end_support(_term(nico), on=cast.ago(180), how="resident_stopped", by=by)
    anchor = cast.members["hanne"].contact
    start_aftercare(_fresh(nico), anchor=anchor, from_on=cast.ago(179), how_to_reach="050 00 11 33, werkdagen", by=by)
    close(
        _fresh(nico),
        ended_how="resident_stopped",
        home_kept=YesNoUnknown.YES,
        what_helped="Het afbetalingsplan hield stand.",
        what_otherwise="Vroeger naar het huis gaan in plaats van af te spreken op kantoor.",
        lessons_about=["budget"],
        on=cast.ago(178),
        by=cast.member("an", 178),
    )


def _gave_up_the_trial(cast: Cast) -> None:
    jan = accepted(cast, Somebody("Jan", "Van Acker", date(1990, 7, 19), "bram", 400), days_ago=390)
    home = offered(cast, "Zandstraat 205", SECOND_HOUSING, days_ago=380, bedrooms=2)
    placement = housed(cast, jan, home, starts_ago=320, months=6, worker="hanne")
    looked_over(cast, placement, days_ago=320)
    by = cast.member("hanne", 230)
    looked_over_again(cast, placement, days_ago=230)
    end_stay(placement, on=cast.ago(230), how="house_rules", note="Bleef weg en liet anderen binnen.", by=by)
    close(
        _fresh(jan),
        ended_how="house_rules",
        home_kept=YesNoUnknown.NO,
        what_helped="",
        what_otherwise="",
        on=cast.ago(228),
        by=cast.member("an", 228),
    )


def at_a_turn(cast: Cast) -> None:
    """One trial succeeded and the contract is awaited; one support ended and what comes after is awaited."""
    tine = accepted(cast, Somebody("Tine", "Vermeulen", date(1989, 12, 3), "ilse", 300), days_ago=280)
    home = offered(cast, "Werfstraat 60 bus 1", HOUSING, days_ago=235)
    housed(cast, tine, home, starts_ago=180, months=7, worker="hanne")
    for days_ago, level in ((120, 2), (60, 3)):
        evaluated(cast, _term(tine), "hanne", days_ago=days_ago, level=level)
    visited(cast, _fresh(tine), "hanne", from_ago=180, until_ago=5, every=14)
    told = {"is_final": True, "is_positive": True, "next_step": "move_on"}
    evaluated(cast, _term(tine), "hanne", days_ago=6, level=3, **told)
    luc = accepted(
        cast,
        Somebody(
            "Luc", "Baert", date(1970, 6, 30), "wim", 260, SITTING, answers=AT_RISK, tenancy="Gistelse Steenweg 307"
        ),
        days_ago=215,
    )
    _begin(cast, luc, worker="hanne", starts_ago=190, months=6)
    for days_ago, level in ((130, 2), (70, 3)):
        evaluated(cast, _term(luc), "hanne", days_ago=days_ago, level=level)
    told = {"is_final": True, "is_positive": True, "next_step": "stop"}
    evaluated(cast, _term(luc), "hanne", days_ago=4, level=3, **told)
    end_support(_term(luc), on=cast.ago(2), how="goals_reached", by=cast.member("hanne", 2))


STORIES = (
    newcomers,
    waiting,
    moving_in,
    trial_resident,
    just_started,
    own_home,
    in_aftercare,
    sitting_tenants,
    at_a_turn,
    ended,
)
