"""The hospital's social worker refers, sees the promised day, answers a question, hears the decision and its reason (P24)."""

import pytest

from tests.journeys.hands import ID
from tests.journeys.letters import posted
from tests.journeys.referring import refer_joke
from tests.post.mail_server import text_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

JOKE = "Joke Vanneste"


def told_nothing(letters, about):
    """Among the mails to the social worker is one about this; each holds numbers and a link, and nobody's name."""
    hers = [each for each in letters if "ilse@" in each["To"]]
    assert any(about in str(each["Subject"]) for each in hers)
    for letter in hers:
        whole = str(letter["Subject"]) + text_of(letter)
        assert not {word for word in ("Joke", "Vanneste", "medicatie", "omicilie") if word in whole}
        assert "/inbox/" in whole


def refer(story):
    """On Monday: the referral, and the day by which one hears."""
    refer_joke(story.of("ilse"), story.today)
    story.of("ilse").open("/portal/").reads(JOKE, "U hoort het uiterlijk")
    story.of("an").find(JOKE).follow("/put-on/").press()


def ask_and_answer(story, settings):
    """The coordinator asks, the social worker answers and adds; each finds what the other said, and who read it."""
    with posted(settings) as letters:
        an = story.day(1).of("an").find(JOKE).follow(f"/referrals/of/{ID}/").follow("/ask/")
        an.fill(text="Wie volgt de medicatie op?", answer_by=story.date(5)).press()
    told_nothing(letters, "Er is een vraag")
    story.of("an").find(JOKE).reads("Wie volgt de medicatie op?", "Ilse Dewaele")
    ilse = story.day(2).of("ilse").open("/portal/").reads("U wordt iets gevraagd", "Wie volgt de medicatie op?")
    ilse.follow(f"/answer/{ID}/").fill(text="Het mobiele team, elke donderdag.").press()
    ilse.follow("/add/").fill(text="Zij verhuist in januari.").press().reads("Later toegevoegd", "Nog niet gelezen")
    story.of("an").open("/inbox/").reads("Het mobiele team, elke donderdag.")
    story.of("an").find(JOKE).follow(f"/referrals/of/{ID}/").reads("Zij verhuist in januari.")
    story.of("ilse").open("/portal/").follow(f"/referrals/of/{ID}/", JOKE).reads("Gelezen op", "An Verhaeghe")


def ask_back(story):
    """What the social worker asks stands in My day of the coordinator until it is answered."""
    ilse = story.of("ilse").open("/portal/").follow(f"/referrals/of/{ID}/", JOKE).follow("/ask/")
    ilse.fill(text="Mag haar kat mee?").press()
    an = story.of("an").open("/day/").reads(JOKE, "Mag haar kat mee?").follow(f"/referrals/answer/{ID}/", JOKE)
    an.fill(text="Ja, als de verhuurder het toelaat.").press().open("/day/").does_not_read("Mag haar kat mee?")
    story.of("ilse").open("/inbox/").reads("Ja, als de verhuurder het toelaat.")


def decide(story, settings):
    """The partners decline; the decision with the reason meant for her reaches her, the inner motive does not."""
    an = story.of("an").open("/intervision/").follow(f"/meeting/{ID}/").follow(f"/item/{ID}/", JOKE)
    with posted(settings) as letters:
        motive = "Probeer het over zes maanden opnieuw."
        an.fill(
            decision="decline", reason_code="domicile_short", motive="Te kort in de stad.", motive_for_referrer=motive
        )
        an.press()
    told_nothing(letters, "Er is een beslissing")
    ilse = story.of("ilse").open("/inbox/").reads(motive, "Minder domicilie").does_not_read("Te kort in de stad")
    ilse.open("/portal/?show=closed").follow(f"/referrals/of/{ID}/", JOKE).reads(motive).does_not_read(
        "Te kort in de stad"
    )


def test_a_social_worker_hears(story, settings):
    refer(story)
    ask_and_answer(story, settings)
    ask_back(story)
    decide(story, settings)
    story.of("greet").open("/steering/promises/").reads("Op tijd gehoord", "Ziekenhuis Sint-Godelieve")
