"""Joke's way: referred by the hospital, a trial dwelling, a tenancy of her own, support, aftercare, goodbye (P1–P15, P23, P24)."""

import pytest

from tests.journeys.hands import ID
from tests.journeys.referring import refer_joke
from tests.journeys.supporting import evaluate

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

JOKE, ADDRESS = "Joke Vanneste", "Carmersstraat 12"
SIGNS, KEYS = 10, 14  # days of the story


def decide_in_intervision(story):
    """The coordinator puts her on the agenda, the partners accept her, and the hospital reads it."""
    an = story.of("an")
    an.open("/day/").reads(JOKE).find(JOKE).follow("/put-on/").fill(question="Past zij in proefwonen?").press()
    an.reads(JOKE)
    story.day(2)
    an.open("/intervision/").follow(f"/meeting/{ID}/").follow(f"/item/{ID}/", JOKE)
    motive = "Zij past bij de doelgroep en wil begeleiding."
    an.fill(decision="accept", motive="Unaniem.", motive_for_referrer=motive).press()
    ilse = story.of("ilse").open("/portal/").reads(JOKE, "een woning die past")
    ilse.open("/inbox/").reads(motive).does_not_read("Unaniem")


def offer_a_dwelling(story):
    """The housing officer adds a home and offers it; the coordinator finds it free."""
    hilde = story.day(3).of("hilde").open("/portal/dwellings/").follow("/dwellings/add/")
    hilde.fill(address=ADDRESS, postcode="8000", municipality="Brugge", kind="apartment", bedrooms=1).press()
    hilde.open("/portal/dwellings/").follow(f"/dwelling/{ID}/offer/", ADDRESS).fill(
        over_quota_motive="Komt nu vrij."
    ).press()
    story.of("an").open("/allocation/free/").reads(ADDRESS)


def choose_and_accept(story):
    """People choose her, with a motive; the worker writes down that she accepts; the hospital hears both."""
    an = story.day(4).of("an").find(JOKE).follow(f"/allocation/pathway/{ID}/")
    an.follow(f"/offer/{ID}/candidates/", ADDRESS).follow(f"/choose/{ID}/", JOKE)
    an.fill(motive="Wacht dicht bij haar ouders.").press()
    ruben = story.day(5).of("ruben").find(JOKE).follow(f"/allocation/pathway/{ID}/").follow(f"/{ID}/accept/").press()
    ruben.reads("papieren")
    story.of("ilse").open("/inbox/").reads(ADDRESS)


def prepare_the_stay(story):
    """Days, fee and papers; no keys as long as papers are missing, and they are named (P13)."""
    ruben = story.day(6).of("ruben").find(JOKE).follow(f"/placement/of/{ID}/").follow(f"/prepare/{ID}/")
    ruben.fill(starts_on=story.date(KEYS), months=6).press().reads(ADDRESS)
    stay = ruben.page.url
    ruben.follow("/fee/").fill(stay="240", furniture="30", electricity="52,50").press().reads("322,50")
    story.day(SIGNS)
    papers = ruben.open(stay).follow(f"/documents/of/{ID}/").post("/make/").reads("gemaakt op")
    papers.reads("Nog niet bekend", "waar de bewoner ingeschreven is").sign(story.today, leave_out=4)
    missing = ruben.unsigned()
    ruben.open(stay).reads("Nog geen sleutels", *missing).has_no_link("/start/")
    ruben.follow(f"/documents/of/{ID}/").sign(story.today, leave_out=3)


def move_in(story):
    """The keys are handed over; the landlord and the hospital see it, the landlord without any care."""
    ruben = story.day(KEYS).of("ruben").find(JOKE).follow(f"/placement/of/{ID}/").follow(f"/stays/{ID}/start/")
    ruben.fill(on=story.today, worker="Ruben Desmet", agreement_on=story.today).press().find(JOKE).reads(
        "maand 1 van 6"
    )
    story.of("hilde").open("/portal/dwellings/").reads(ADDRESS, JOKE, "Ruben Desmet").does_not_read("opname")
    story.of("ilse").open("/portal/").reads(JOKE, "proefwonen")


def visit(story):
    """Three taps and one text; a colleague reads what was noted."""
    ruben = story.day(KEYS + 1).of("ruben").find(JOKE).follow(f"/support/of/{ID}/visits/new/")
    ruben.fill(state="done", duration="60", help_kinds=["budget"], note="Samen de post geopend.").press()
    story.of("an").find(JOKE).reads("Samen de post geopend.", "Ruben Desmet")


def evaluate_and_sign(story):
    """Every two months; the final one is positive, on condition of support: a contract of her own (P14, P15)."""
    evaluate(story.day(KEYS + 61), "ruben", JOKE)
    final = {"is_positive": "yes", "next_step": "move_on", "support_goes_on": True}
    evaluate(story.day(KEYS + 170), "ruben", JOKE, final=True, **final)
    story.of("an").find(JOKE).reads("het huurcontract")
    an = story.day(KEYS + 184).of("an").find(JOKE).follow("/sign/")
    an.fill(starts_on=story.today, signed_on=story.today, with_support=True, support_months=6, worker="Ruben Desmet")
    an.fill(agreement_on=story.today).press()
    story.of("hilde").open("/portal/dwellings/").reads(ADDRESS, JOKE)
    story.of("ruben").find(JOKE).reads("zittende huurder", "maand 1 van 6")


def support_as_sitting_tenant_and_after(story):
    """Support ends with the goals reached; an anchor person stays; goodbye with both outcomes (P6, P23)."""
    final = {"is_positive": "yes", "next_step": "stop"}
    evaluate(story.day(KEYS + 350), "ruben", JOKE, final=True, **final)
    ruben = story.day(KEYS + 360).of("ruben").find(JOKE).follow(f"/support/of/{ID}/").follow(f"/terms/{ID}/end/")
    ruben.fill(how="goals_reached", on=story.today).press()
    an = story.of("an").find(JOKE).follow(f"/aftercare/of/{ID}/start/")
    an.fill(anchor="Ruben Desmet", from_on=story.today, how_to_reach="050 00 11 22").press().reads("Ruben Desmet")
    ruben = story.day(KEYS + 460).of("ruben").open("/day/").reads(JOKE).follow(f"/reviews/{ID}/", JOKE)
    ruben.fill(note="Alles loopt.").press()
    an = story.day(KEYS + 480).of("an").find(JOKE).follow(f"/aftercare/of/{ID}/").follow("/close/")
    an.fill(ended_how="tenancy_signed", home_kept="yes", what_helped="Samen de post.", lessons_about=["budget"]).press()
    story.of("ruben").find(JOKE).reads("afgesloten", "Samen de post.")
    story.of("ilse").open("/portal/?show=closed").reads(JOKE)


def test_a_trial_resident_finds_a_lasting_home(story):
    refer_joke(story.of("ilse"), story.today)
    decide_in_intervision(story)
    offer_a_dwelling(story)
    choose_and_accept(story)
    prepare_the_stay(story)
    move_in(story)
    visit(story)
    evaluate_and_sign(story)
    support_as_sitting_tenant_and_after(story)
