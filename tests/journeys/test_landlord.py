"""The landlord reports arrears, it becomes a referral, support starts and ends, and he knocks a year later (P22, P23)."""

import pytest

from tests.journeys.hands import ID
from tests.journeys.supporting import evaluate

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OMER, HOME = "Omer Deceuninck", "Sint-Clarastraat 40"
START = 12  # day of the story


def report_arrears(story):
    """A dwelling of his own, a tenant nobody knows: told, read, answered, and what is agreed stands for both to see."""
    hilde = story.of("hilde").open("/portal/dwellings/").follow("/dwellings/add/")
    hilde.fill(address=HOME, municipality="Brugge", kind="apartment").press()
    hilde.open("/portal/dwellings/").follow(f"/support/signals/of/{ID}/", HOME)
    told = {"what": "Drie maanden niet betaald.", "tried": "Twee brieven.", "tenant": OMER}
    hilde.fill(kind="arrears", weight="urgent", **told).press().reads("Nog niet gelezen")
    an = story.day(1).of("an").open("/day/").reads(OMER, "Drie maanden niet betaald.")
    an.follow(f"/support/signals/{ID}/", OMER)
    an.fill(text="Meld hem aan, wij bespreken het.", for_programme="0", due_on=story.date(3)).press()
    hilde = story.of("hilde").open("/support/signals/").follow(f"/support/signals/{ID}/", HOME)
    hilde.reads("Gelezen op", "An Verhaeghe", "Meld hem aan", "Afgesproken").post("/done/")


def refer_from_the_signal(story):
    """What the landlord told already is not typed again."""
    hilde = story.of("hilde").post("/refer/")
    hilde.fill(known_since="sinds 2019", commits="no").press()
    assert hilde.page.locator("[name=given_name]").input_value() == "Omer"
    hilde.fill(birth_on="14 februari 1971").press()
    assert hilde.page.locator("[name=dwelling_address]").input_value() == HOME
    assert "Drie maanden niet betaald." in hilde.page.locator("[name=threat_note]").input_value()
    hilde.fill(registered="yes", repeated_housing="yes").press()
    hilde.fill(support_need="Post openen, afbetalen.", accepts_support="yes", informed="yes").press()
    hilde.reads(HOME, "Twee brieven.").press()
    hilde.open("/support/signals/").follow(f"/support/signals/{ID}/", HOME).reads("Werd de aanmelding")
    story.of("an").find(OMER).follow(f"/referrals/of/{ID}/").reads("Drie maanden niet betaald.")


def support_and_goodbye(story):
    """Accepted, supported, ended with an anchor person, and closed."""
    story.of("an").find(OMER).follow("/put-on/").press()
    an = story.day(2).of("an").open("/intervision/").follow(f"/meeting/{ID}/").follow(f"/item/{ID}/", OMER)
    an.fill(decision="accept", motive="Op tijd.", motive_for_referrer="De begeleiding start snel.").press()
    an = story.day(START).of("an").find(OMER).follow(f"/support/start/{ID}/")
    an.fill(starts_on=story.today, months=6, worker="Ruben Desmet", agreement_on=story.today).press()
    evaluate(story.day(START + 150), "ruben", OMER, final=True, is_positive="yes", next_step="stop")
    ruben = story.day(START + 160).of("ruben").find(OMER).follow(f"/support/of/{ID}/").follow(f"/terms/{ID}/end/")
    ruben.fill(how="goals_reached", on=story.today).press()
    an = story.of("an").find(OMER).follow(f"/aftercare/of/{ID}/start/")
    an.fill(anchor="Ruben Desmet", from_on=story.today, how_to_reach="050 00 11 22, werkdagen").press()
    an = story.day(START + 200).of("an").find(OMER).follow(f"/aftercare/of/{ID}/").follow("/close/")
    an.fill(ended_how="goals_reached", home_kept="yes", on=story.today).press()
    story.of("ruben").find(OMER).reads("afgesloten")


def knock_a_year_later(story):
    """He finds who to reach and knocks; the closed pathway stays closed, and the answer meant for him comes back."""
    hilde = story.day(START + 565).of("hilde").open("/portal/dwellings/").follow(f"/aftercare/landlord/{ID}/", HOME)
    hilde.reads("Ruben Desmet", "050 00 11 22, werkdagen").fill(what="De post blijft weer liggen.").press()
    ruben = story.day(START + 566).of("ruben").open("/day/").reads(OMER).follow(f"/knocks/{ID}/", OMER)
    ruben.reads("De post blijft weer liggen.")
    ruben.fill(answer="Hij was even opgenomen.", told="Hij is terug; wij kijken mee.").press()
    hilde = story.of("hilde").open("/portal/dwellings/").follow(f"/aftercare/landlord/{ID}/", HOME)
    hilde.reads("Hij is terug; wij kijken mee.").does_not_read("opgenomen")
    story.of("an").find(OMER).reads("afgesloten")


def test_a_landlord_is_heard(story):
    report_arrears(story)
    refer_from_the_signal(story)
    support_and_goodbye(story)
    knock_a_year_later(story)
