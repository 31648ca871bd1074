"""Papers of a stay: looked over with photos, made, signed on a screen and in the portal, keys; one void, signed again; the fee (P9, P13)."""

import pytest

from tests.documents.hostile_files import photo
from tests.documents.made import read
from tests.documents.seals import certificate_of
from tests.journeys.hands import ID
from tests.plugins.browser import PHONE, TABLET

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("width", [TABLET, PHONE], indirect=True, ids=["tablet", "phone"]),
]
FATIMA, KEYS = "Fatima El Amrani", 8
THINGS = (("Keuken", "Kookplaat", "good"), ("Keuken", "Koelkast", "worn"), ("Slaapkamer", "Bed", "new"))


def stay_of(story, key="ruben"):
    return story.of(key).find(FATIMA).follow(f"/placement/of/{ID}/")


def papers(story):
    return stay_of(story).follow(f"/documents/of/{ID}/")


def look_it_over(story):
    """Room by room, each thing with its state and a photo."""
    ruben = stay_of(story).follow("/condition/entry/").fill(on=story.today).press()
    entry = ruben.page.url
    for room, what, state in THINGS:
        ruben.open(entry).fill(room=room, what=what).press("main form:has([name=what]) .buttons button")
        ruben.follow(f"/condition/{ID}/", what).add("photos", (f"{what}.jpg", photo()))
        ruben.fill(state=state, remark=f"{what} bekeken.").press()
    ruben.open(entry).post("/rest/").reads("Kookplaat bekeken.")
    assert ruben.page.locator("main img").count() == 3
    ruben.does_not_read("nog niet bekeken")


def sign(story, paper, *parties):
    """Who sits at the table signs on the worker's screen, one after the other."""
    for party in parties:
        hands = papers(story).follow(f"/files/{ID}/sign/{party}/", paper)
        assert hands.page.locator("main img").count() >= 1
        hands.draw().press()


def sign_in_turn(story, party, name, count):
    """The screen is handed over once: the papers of one party come one after the other."""
    hands = papers(story).follow(f"/files/{ID}/sign/{party}/", f"{name} ({count})")
    for _ in range(count):
        hands.draw().press()
    assert "/documents/of/" in hands.page.url


def make_and_sign(story):
    """What is not made yet is made at once; what was signed by somebody already is left alone."""
    papers(story).post("/make/").reads("2 papieren zijn gemaakt")
    sign_in_turn(story, "resident", FATIMA, 2)
    sign_in_turn(story, "worker", "Ruben Desmet", 3)
    hilde = story.of("hilde").open("/inbox/").reads("Er ligt een papier klaar")
    hilde.open("/portal/").follow(f"/files/{ID}/sign/landlord/")
    hilde.fill(by_name=True).press().reads("Ondertekend").has_no_link("/sign/landlord/")


def seal(story, run_jobs):
    """The signed paper, with its evidence, under the programme's seal."""
    run_jobs()
    pdf = papers(story).download(f"/files/{ID}/sealed/", "Huishoudelijk reglement")
    assert certificate_of(pdf)
    words = read(pdf).replace("\u200b", "")
    assert all(each in words for each in ("Bewijs van de handtekeningen", "Hilde Sys", FATIMA))


def hand_over(story):
    ruben = stay_of(story.day(KEYS)).follow(f"/stays/{ID}/start/")
    ruben.fill(on=story.today, worker="Ruben Desmet", agreement_on=story.today).press()


def change_a_fact(story):
    """One paper says what is no longer so; the keys stay, and it is signed again."""
    ruben = stay_of(story.day(KEYS + 1)).follow("/domicile/").fill(real_address="Ezelstraat 71, 8000 Brugge").press()
    papers(story).reads("Niet meer juist sinds het getekend is", "Ezelstraat 71")
    ruben.follow(f"/documents/{ID}/make/", "geen domicilie").press()
    sign(story, "geen domicilie", "resident", "lead")
    papers(story).does_not_read("Niet meer juist")
    stay_of(story).reads("Sleutels overgedragen")


def ask_and_pay(story):
    """The first month is asked, paid, and stands on a statement."""
    ruben = stay_of(story).follow("/payments/").post("/ask/").follow(f"/payments/{ID}/").press().reads("betaald")
    words = read(ruben.download("/statement/"))
    assert FATIMA in words


def test_papers_from_the_first_look_to_the_first_payment(story, run_jobs):
    look_it_over(story)
    make_and_sign(story)
    seal(story, run_jobs)
    hand_over(story)
    change_a_fact(story)
    ask_and_pay(story)
