"""Omer's way: referred by his landlord, supported at home and through a move, aftercare, a knock, support again (P7, P16, P23)."""

import pytest

from tests.journeys.hands import ID
from tests.journeys.referring import refer_omer
from tests.journeys.supporting import evaluate

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OMER, HOME, NEW_HOME = "Omer Deceuninck", "Sint-Clarastraat 40", "Ezelstraat 9 bus 1"
START = 10  # day of the story


def decide_in_intervision(story):
    """The partners accept him; the landlord reads it."""
    story.of("an").find(OMER).follow("/put-on/").press()
    an = story.day(2).of("an").open("/intervision/").follow(f"/meeting/{ID}/").follow(f"/item/{ID}/", OMER)
    motive = "De begeleiding start binnen twee weken."
    an.fill(decision="accept", motive="Verslaving speelt mee.", motive_for_referrer=motive).press()
    story.of("hilde").open("/inbox/").reads(motive).does_not_read("Verslaving")


def start_support(story):
    """Nine months, with an agreement; the landlord sees who to call and no care."""
    an = story.day(START).of("an").find(OMER).follow(f"/support/start/{ID}/")
    an.fill(starts_on=story.today, months=9, worker="Ruben Desmet", agreement_on=story.today).press()
    story.of("ruben").find(OMER).reads("maand 1 van 9", HOME)
    story.of("hilde").open("/portal/dwellings/").reads(HOME, OMER, "Ruben Desmet")


def fill_in_care(story):
    """The worker fills in at intake what a landlord is never asked; it stays with the team (P7)."""
    ruben = story.of("ruben").find(OMER).follow(f"/referrals/of/{ID}/").follow("/care/")
    ruben.fill(mental_health="suspected", addiction="yes", addiction_note="drinkt sinds de scheiding").press()
    story.of("an").find(OMER).follow(f"/referrals/of/{ID}/").reads("drinkt sinds de scheiding")
    hilde = story.of("hilde").open("/portal/").follow(f"/referrals/of/{ID}/", OMER)
    hilde.reads("Drie maanden achterstand.").does_not_read("scheiding").does_not_read("erslaving")


def face_an_eviction(story):
    """A hearing is near: it stands in My day of the worker, and on no page of the landlord's."""
    ruben = story.day(START + 20).of("ruben").find(OMER).follow(f"/support/of/{ID}/").follow("/threats/new/")
    ruben.fill(kind="arrears", amount="1.250,50", note="Afbetalingsplan").press()
    ruben.find(OMER).follow(f"/support/of/{ID}/").follow("/eviction/new/")
    ruben.fill(kind="hearing", on=story.date(START + 24), note="Plan moet binnen zijn.").press()
    ruben.open("/day/").reads(OMER, "Plan moet binnen zijn.")
    story.of("an").find(OMER).reads("Plan moet binnen zijn.")
    story.of("hilde").open("/portal/dwellings/").does_not_read("Plan moet binnen")
    ruben = story.day(START + 25).of("ruben").open("/day/").follow(f"/eviction/{ID}/", OMER)
    ruben.fill(outcome="Uitstel, plan aanvaard.").press().open("/day/").does_not_read("Plan moet binnen")


def move_home(story):
    """Support follows him through a move; its last day stays, and the old landlord sees him no more (P11, P16)."""
    ruben = story.day(START + 45).of("ruben").find(OMER).follow(f"/support/of/{ID}/")
    last_day = ruben.page.locator("section:has(#term) time").nth(1).inner_text()
    ruben.follow("/move/").fill(on=story.today, address=NEW_HOME, owner="Minnewater").press()
    ruben.find(OMER).reads(NEW_HOME, "van 9").follow(f"/support/of/{ID}/").reads(last_day)
    story.of("wim").open("/portal/dwellings/").reads(NEW_HOME, OMER)
    story.day(START + 46).of("hilde").open("/portal/dwellings/").does_not_read(OMER)


def end_with_aftercare(story):
    """Goals reached; an anchor person for resident and landlord."""
    evaluate(story.day(START + 61), "ruben", OMER)
    evaluate(story.day(START + 250), "ruben", OMER, final=True, is_positive="yes", next_step="stop")
    ruben = story.day(START + 255).of("ruben").find(OMER).follow(f"/support/of/{ID}/").follow(f"/terms/{ID}/end/")
    ruben.fill(how="goals_reached", on=story.today).press()
    an = story.of("an").open("/day/").reads(OMER).find(OMER).follow(f"/aftercare/of/{ID}/start/")
    an.fill(anchor="Ruben Desmet", from_on=story.today, how_to_reach="050 00 11 22").press()
    story.of("ruben").find(OMER).reads("ankerfiguur")


def knock_and_return(story):
    """The landlord knocks, the anchor answers, and support goes on without a new referral (P23)."""
    an = story.day(START + 300).of("an").find(OMER).follow(f"/aftercare/of/{ID}/").follow("/knock/")
    an.fill(who="Wim Pauwels", what="De post blijft weer liggen.").press()
    ruben = story.day(START + 301).of("ruben").open("/day/").reads(OMER, "Wim Pauwels").follow(f"/knocks/{ID}/", OMER)
    ruben.fill(answer="Langsgegaan, opnieuw begeleiding.").press()
    ruben.find(OMER).follow(f"/aftercare/of/{ID}/").follow("/back/")
    ruben.fill(starts_on=story.today, months=6, worker="Ruben Desmet", agreement_on=story.today).press()
    story.of("an").find(OMER).reads("maand 1 van 6", "Ruben Desmet")
    story.of("hilde").open("/portal/").reads(OMER)


def test_a_sitting_tenant_keeps_a_home(story):
    refer_omer(story.of("hilde"), HOME)
    decide_in_intervision(story)
    start_support(story)
    fill_in_care(story)
    face_an_eviction(story)
    move_home(story)
    end_with_aftercare(story)
    knock_and_return(story)
