"""Inside the house: a file of another team for a reason and an hour, and a colleague of elsewhere who stands in (P7)."""

import re

import pytest

from intrek.windows.demo.cast import DOMAIN
from tests.factories import member, second_programme

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LINDA, WHY = "Linda Dhondt", "Zij belde in paniek, haar begeleider is ziek."


@pytest.fixture
def katrien(story):
    """A support worker of another programme of this installation, with an account of her own."""
    member("support_worker", programme=second_programme(), name="Katrien Claes", email=f"katrien@{DOMAIN}")
    return story.of("katrien")


def number_of(story):
    """The number somebody is told on the telephone."""
    return re.search(r"\d{4}-\d{5}", story.of("ruben").find(LINDA).text())[0]


def open_a_file(story, katrien, number):
    """With a reason she reads it, for an hour; in no list, and on no other page of it."""
    katrien.open("/portal/outside/").fill(programme="Voorbeeld", number=number, reason=WHY).press()
    katrien.reads(LINDA, WHY)
    assert katrien.page.locator("main form[method=post]").count() == 0
    address = katrien.page.url
    katrien.open("/search/?q=Dhondt").does_not_read(LINDA)
    return address


def go_over_it(story):
    """The data protection officer hears at once, reads why, and judges."""
    officer = story.of("dirk").open("/inbox/").reads("Een dossier werd geopend vanuit een ander team")
    officer.open("/looks/review/").reads("Katrien Claes", WHY).follow(r"/looks/review/[^/]+/")
    officer.fill(is_in_order="1", note="Afgestemd met de coördinator.").press()
    officer.reads("Afgestemd met de coördinator.", "Katrien Claes")


def stand_in(story, katrien, address):
    """A day later the hour is over; from the day the coordinator says, she sees the team's pathways without a reason."""
    story.day(1)
    assert katrien.page.goto(address).status == 404
    an = story.of("an").open("/partners/accounts/stand-in/")
    an.fill(colleague="Katrien Claes", from_on=story.today, until_on=story.date(8)).press()
    katrien.open("/me/")
    with katrien.page.expect_navigation():
        katrien.page.get_by_role("button", name="Voorbeeld").click()
    katrien.find(LINDA).reads(LINDA)
    story.day(9)
    katrien.open("/search/?q=Dhondt").does_not_read(LINDA)


def test_a_file_of_another_team_and_who_stands_in(story, katrien):
    address = open_a_file(story, katrien, number_of(story))
    go_over_it(story)
    stand_in(story, katrien, address)
