"""The demo can be made on any day, shows every room at work, and leaves nobody waiting for nobody."""

from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from intrek.ground.partners.models import Membership, Role
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.programmes.models import Programme
from intrek.story.allocation.models import Offer
from intrek.story.intervision.models import AgendaItem
from intrek.story.placement.models import Placement
from intrek.windows.demo.actions import SLUG, make_demo
from intrek.windows.demo.cast import COLLEAGUES, PASSWORD

pytestmark = pytest.mark.django_db

DAYS = [date(2026, 8, 31), date(2028, 2, 29), date(2027, 1, 1), date(2027, 1, 15)]
# What nobody has while everything goes well: a half-typed form, an import.
# Pages write these, and a list that is read in.
WITHOUT_ROWS = {
    "access.BreakIn",
    "access.CloseTie",
    "access.Judgement",
    "accounts.Draft",
    "exchange.Batch",
    "exchange.RefusedRow",
    "accounts.Try",
    "people.Forgotten",
    "journal.Link",
    "journal.Look",
    "journal.LookedAt",
    "partners.Reset",
}


def tables():
    """Every table of ours, with the name of its room."""
    return [model for model in apps.get_models() if model.__module__.startswith("intrek.")]


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_the_demo_can_be_made_on_any_day(on):
    programme = make_demo(on)
    pathways = Pathway.objects.filter(programme=programme)
    assert {each.stage for each in pathways} == {stage.value for stage in Stage}
    assert not pathways.open().filter(awaits="").exists(), "An open pathway awaits nobody."
    assert not pathways.open().filter(awaits_party="").exists()
    assert not pathways.filter(is_incomplete=True).exists()
    assert all(each.referred_on <= on for each in pathways)


def test_every_room_has_something_to_show(today):
    make_demo(today)
    empty = {model._meta.label for model in tables() if not model._base_manager.exists()}
    assert empty == {model._meta.label for model in tables() if model._meta.label in WITHOUT_ROWS}


def test_a_year_that_is_full_takes_one_dwelling_more_with_a_motive():
    make_demo(date(2027, 1, 15))
    over = Offer.objects.filter(offered_on__year=2026).exclude(over_quota_motive="")
    assert Offer.objects.filter(offered_on__year=2026).count() == 5 + over.count()
    assert over.exists()


def test_nobody_got_keys_before_the_papers(today):
    make_demo(today)
    for placement in Placement.objects.exclude(keys_on=None):
        papers = placement.pathway.papers.filter(stay_id=placement.pk, group="before_keys")
        assert papers.exists()
        assert all(paper.signed_on and paper.signed_on <= placement.keys_on for paper in papers)
    assert Placement.objects.filter(keys_on=None).exists(), "Nobody is about to get keys."


def test_the_minutes_of_meetings_that_went_are_closed(today):
    make_demo(today)
    assert not AgendaItem.objects.filter(meeting__on__lte=today, decision="").exists()
    assert not AgendaItem.objects.filter(meeting__on__lte=today, meeting__closed_on=None).exists()
    assert AgendaItem.objects.filter(meeting__on__gt=today, decision="").exists()


def test_every_role_may_sign_in(client, today):
    make_demo(today)
    assert {each.role for each in Membership.objects.in_force(today)} == {role.value for role in Role}
    for colleague in COLLEAGUES:
        assert client.login(email=colleague.email, password=PASSWORD), colleague.email


def told(*arguments):
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_makes_the_demo_once_and_says_who_may_sign_in():
    assert "Nobody" in told("--who")
    assert "was made" in told()
    made = Pathway.objects.count()
    assert "left as it is" in told()
    assert "left as it is" in told("--if-empty")
    assert (Programme.objects.get().slug, Pathway.objects.count()) == (SLUG, made)
    who = told("--who")
    assert all(colleague.email in who for colleague in COLLEAGUES)
    assert PASSWORD in who


def test_an_installation_in_use_gets_no_demo(db):
    Programme.objects.create(slug="elders", name="Elders")
    assert "left as it is" in told("--if-empty")
    assert not Programme.objects.filter(slug=SLUG).exists()
