"""The demo can be made on any day, shows every room at work, and leaves nobody waiting for nobody."""

from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse

from intrek.ground.documents.models import Paper, PaperFile
from intrek.ground.partners.models import Membership, Role
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.programmes.models import PaperRule, TrackKind
from intrek.story.allocation.models import Offer
from intrek.story.intervision.models import AgendaItem
from intrek.story.placement.models import Placement
from intrek.windows.demo.actions import make_demo
from intrek.windows.demo.cast import COLLEAGUES, PASSWORD
from tests.factories import real_today

pytestmark = [pytest.mark.django_db, pytest.mark.together]

FULL_YEAR = date(2027, 1, 15)
DAYS = [date(2026, 8, 31), date(2028, 2, 29)]
of_today = pytest.mark.parametrize("demo", [None], indirect=True, ids=["today"])
# What nobody has while everything goes well: a half-typed form, an import.
# Pages write these, and a list that is read in.
WITHOUT_ROWS = {
    "access.BreakIn",
    "access.CloseTie",
    "access.Judgement",
    "accounts.Draft",
    "documents.Logo",
    "exchange.Batch",
    "exchange.Feed",
    "exchange.RefusedRow",
    "intervision.KeptFigures",
    "accounts.Try",
    "accounts.Refusal",
    "people.Forgotten",
    "journal.Link",
    "journal.Look",
    "journal.LookedAt",
    "partners.Reset",
}


def tables():
    """Every table of ours, with the name of its room."""
    return [model for model in apps.get_models() if model.__module__.startswith("intrek.")]


@pytest.fixture(scope="module")
def demo(request, made_once):
    """The demo programme as it was made on some day, or today."""
    with made_once():
        yield make_demo(request.param or real_today())


@pytest.mark.once
@pytest.mark.parametrize("demo", DAYS, indirect=True, ids=str)
def test_the_demo_can_be_made_on_any_day(demo, request):
    on = request.node.callspec.params["demo"]
    pathways = Pathway.objects.filter(programme=demo)
    assert {each.stage for each in pathways} == {stage.value for stage in Stage}
    assert not pathways.open().filter(awaits="").exists(), "An open pathway awaits nobody."
    assert not pathways.open().filter(awaits_party="").exists()
    assert not pathways.filter(is_incomplete=True).exists()
    assert all(each.referred_on <= on for each in pathways)


@of_today
def test_every_room_has_something_to_show(demo):
    empty = {model._meta.label for model in tables() if not model._base_manager.exists()}
    assert empty == {model._meta.label for model in tables() if model._meta.label in WITHOUT_ROWS}


@pytest.mark.once
@pytest.mark.parametrize("demo", [FULL_YEAR], indirect=True, ids=str)
def test_a_year_that_is_full_takes_one_dwelling_more_with_a_motive(demo):
    over = Offer.objects.filter(offered_on__year=2026).exclude(over_quota_motive="")
    assert Offer.objects.filter(offered_on__year=2026).count() == 5 + over.count()
    assert over.exists()


@of_today
def test_nobody_got_keys_before_the_papers(demo):
    for placement in Placement.objects.exclude(keys_on=None):
        papers = placement.pathway.papers.filter(stay_id=placement.pk, group="before_keys")
        assert papers.exists()
        assert all(paper.signed_on and paper.signed_on <= placement.keys_on for paper in papers)
    assert Placement.objects.filter(keys_on=None).exists(), "Nobody is about to get keys."


@of_today
def test_every_paper_that_a_track_asks_for_was_made(demo):
    made = PaperFile.objects.values("paper__rule")
    assert not PaperRule.objects.filter(programme=demo).exclude(pk__in=made).exists()
    assert PaperRule.objects.filter(programme=demo, track__kind=TrackKind.SITTING).count() >= 8
    assert Paper.objects.filter(programme=demo).exclude(untrue_on=None).exists()


@of_today
def test_the_minutes_of_meetings_that_went_are_closed(demo, today):
    assert not AgendaItem.objects.filter(meeting__on__lte=today, decision="").exists()
    assert not AgendaItem.objects.filter(meeting__on__lte=today, meeting__closed_on=None).exists()
    assert AgendaItem.objects.filter(meeting__on__gt=today, decision="").exists()


@of_today
def test_every_role_may_sign_in(demo, client, today):
    assert {each.role for each in Membership.objects.in_force(today)} == {role.value for role in Role}
    for colleague in COLLEAGUES:
        assert client.login(email=colleague.email, password=PASSWORD), colleague.email


@of_today
def test_the_sign_in_page_of_the_demo_names_its_accounts(demo, client):
    page = client.get(reverse("account_login")).content.decode()
    assert all(colleague.email in page and colleague.name in page for colleague in COLLEAGUES)
    assert PASSWORD in page


@of_today
def test_other_pages_ask_nothing_about_the_demo(demo, client, assert_queries_at_most):
    with assert_queries_at_most(0):
        assert PASSWORD not in client.get(reverse("account_reset_password")).content.decode()
