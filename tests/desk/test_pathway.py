"""The page of one pathway: what can be done next, what happened, and the two small forms of the desk."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import resolve, reverse

from intrek.ground.access.policy import permissions_of
from intrek.ground.pathways.actions import await_, note_unknown, promise, set_facts
from intrek.ground.pathways.models import Awaited, Party, Pathway, Promise, Stage, Station
from intrek.ground.post.models import Message
from intrek.story.intervision.actions import plan_meeting
from intrek.story.referral.models import Referral
from intrek.story.support.models import TalkRequest
from intrek.windows.desk.queries.pathway import WAYS, next_steps
from tests.desk import made
from tests.desk.made import START, TODAY, TOMORROW, YESTERDAY, on, running
from tests.factories import contact, member, pathway, second_programme

pytestmark = pytest.mark.django_db

TEAM = permissions_of("coordinator")


@pytest.fixture
def me():
    return member("coordinator")


@pytest.fixture
def ask(sign_in, me):
    """Open a page of the desk about a pathway, or send its form."""
    client = sign_in(me)

    def go(name, way, answers=None):
        url = reverse(f"desk:{name}", args=[way.pk])
        return client.get(url) if answers is None else client.post(url, answers)

    return go


def referred(way):
    """A pathway whose referral names who referred."""
    Referral.objects.create(
        programme=way.programme,
        pathway=way,
        track=way.track,
        organisation=way.referred_by,
        referrer=contact(at=way.referred_by),
        referred_on=START,
    )
    return way


def first_step(way):
    steps = next_steps(way, TEAM)
    return str(steps[0].label) if steps else ""


def test_every_next_step_leads_to_a_page_that_is_there():
    for way in WAYS:
        url = reverse(way.url_name, args=["018f0000-0000-7000-8000-000000000000"])
        assert resolve(url).func.permission in TEAM


@pytest.mark.parametrize(
    ("stage", "track", "awaits", "step"),
    [
        (Stage.NEW, "trial", Awaited.AGENDA, "Put on the agenda"),
        (Stage.ON_AGENDA, "trial", Awaited.DECISION, "See the agenda"),
        (Stage.ON_AGENDA, "trial", Awaited.AGENDA, "Put on the agenda"),
        (Stage.WAITING, "trial", Awaited.DWELLING, "Choose a dwelling"),
        (Stage.WAITING, "sitting", Awaited.SUPPORT_PLACE, "Start support"),
        (Stage.ALLOCATED, "trial", Awaited.CANDIDATE, "Write down the answer"),
        (Stage.ALLOCATED, "trial", Awaited.PAPERS, "Go on with the stay"),
        (Stage.RUNNING, "trial", Awaited.TENANCY, "Sign the tenancy"),
        (Stage.RUNNING, "sitting", Awaited.NEXT_STEP, "Arrange aftercare"),
        (Stage.AFTERCARE, "sitting", Awaited.REVIEW, "Aftercare"),
    ],
)
def test_the_first_button_is_what_moves_this_person_on(stage, track, awaits, step):
    party = Party.COORDINATOR
    way = await_(pathway(stage, track), awaits, party=party, by_day=TOMORROW, on=TOMORROW, dwelling="Veltemweg 7")
    assert first_step(way) == step


def test_during_support_a_visit_comes_first(me):
    assert first_step(running(me)) == "Note a home visit"


def test_a_closed_pathway_leads_back_to_support_only_if_there_was_any():
    way = pathway(Stage.CLOSED)
    assert first_step(way) == ""
    assert first_step(set_facts(way, started_on=START)) == "Back to support"


def test_the_page_tells_all_that_is_known(ask, me):
    way = running(me, track="trial")
    made.term(me, way)
    made.visit(me, way, note="Koffie gedronken", state="done", minutes=60)
    made.service(way, expected_on=made.LAST_DAY + timedelta(days=7))
    made.paper(way)
    page = ask("pathway", way).content.decode()
    for words in ("Linda", "Koffie gedronken", "Poetshulp", "aand 3 van", "1 ontbreekt", me.contact.name):
        assert words in page, words


def test_papers_that_are_no_longer_true_are_not_all_there(ask, me):
    way = running(me, track="trial")
    made.paper(way)
    way.papers.update(signed_on=YESTERDAY)
    assert "alles is er" in ask("pathway", way).content.decode()
    way.papers.update(untrue_on=TODAY)
    page = ask("pathway", way).content.decode()
    assert "klopt niet meer" in page
    assert "alles is er" not in page


def test_the_page_takes_the_same_queries_however_much_happened(ask, me, assert_same_queries):
    made.everything(me, 1)
    way = Pathway.objects.get(visits__on=YESTERDAY)

    def grow():
        for number in range(29):
            made.visit(me, way, START + timedelta(days=number))
            made.service(way, expected_on=None)
            made.paper(way, stay_id=uuid4())
            on(TalkRequest, way, question="?", asked_on=TODAY, asked_by=me.contact)

    assert_same_queries(lambda: ask("pathway", way), grow, at_most=25)
    assert_same_queries(lambda: ask("timeline", way), grow, at_most=25)


@pytest.mark.parametrize("name", ["pathway", "timeline", "answer", "complete"])
def test_a_pathway_of_another_programme_is_not_there(name, ask):
    assert ask(name, pathway(programme=second_programme())).status_code == 404
    assert ask(name, pathway()).status_code == 200


def test_the_referrer_hears_and_hears_by_when_again(ask):
    way = referred(running(member("support_worker")))
    promise(way, Station.ALLOCATION, due_on=YESTERDAY, on=START)
    later = TODAY + timedelta(days=20)
    answers = {"text": "Er is nog geen woning.", "next_day": f"{later:%d/%m/%Y}", "reason": "geen woning vrij"}
    assert ask("answer", way, answers).status_code == 302
    message = Message.objects.get(pathway_id=way.pk)
    assert (message.to, message.path) == (way.referral.referrer, reverse("referral:of_pathway", args=[way.pk]))
    assert "Er is nog geen woning." in message.text
    way.refresh_from_db()
    assert way.hears_by == later
    assert Promise.objects.get(pathway=way, due_on=YESTERDAY).kept_on == TODAY


def test_a_later_day_asks_for_a_reason_and_may_not_have_passed(ask):
    way = referred(pathway())
    page = ask("answer", way, {"text": "Nog even.", "next_day": f"{TOMORROW:%d/%m/%Y}"}).content.decode()
    assert "Zeg waarom het langer duurt" in page
    page = ask(
        "answer", way, {"text": "Nog even.", "next_day": f"{YESTERDAY:%d/%m/%Y}", "reason": "x"}
    ).content.decode()
    assert "is al voorbij" in page
    assert not Message.objects.filter(pathway_id=way.pk).exists()


def test_without_a_referrer_nobody_is_told(ask):
    page = ask("answer", pathway(), {"text": "Nog even."}).content.decode()
    assert "Nog even." in page
    assert not Message.objects.exists()


def test_a_missing_day_is_filled_in_and_the_rest_stays_unknown(ask):
    way = note_unknown(pathway(Stage.WAITING), "accepted_on", "discussed_on")
    assert ask("complete", way, {"accepted_on": f"{START:%d/%m/%Y}", "discussed_on": ""}).status_code == 302
    way.refresh_from_db()
    assert (way.accepted_on, way.to_complete, way.is_incomplete) == (START, ["discussed_on"], True)


def test_what_happened_did_not_happen_tomorrow(ask):
    way = note_unknown(pathway(Stage.WAITING), "accepted_on")
    page = ask("complete", way, {"accepted_on": f"{TOMORROW:%d/%m/%Y}"})
    assert page.status_code == 200
    way.refresh_from_db()
    assert way.is_incomplete


def test_an_agenda_is_filled_with_all_that_needs_talk(sign_in, me):
    meeting = plan_meeting(me.programme, on=TOMORROW, by=me)
    new, asked = pathway(on=START), running(me)
    on(TalkRequest, asked, question="Verlengen?", asked_on=YESTERDAY, asked_by=me.contact)
    made.term(me, running(me), agreed_last_day=TODAY + timedelta(days=10))
    pathway(programme=second_programme(), on=START)
    answer = sign_in(me).post(reverse("desk:fill_agenda", args=[meeting.pk]))
    assert answer.url == reverse("intervision:meeting", args=[meeting.pk])
    whys = dict(meeting.items.values_list("pathway", "why"))
    assert (whys[new.pk], whys[asked.pk]) == ("new_referral", "asked")
    assert sorted(whys.values()) == ["asked", "new_referral", "term_ending"]
