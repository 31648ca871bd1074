"""A meeting from plan to closed minutes, through its pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.common.wording import day
from intrek.ground.pathways.models import Stage
from intrek.ground.post.models import Message
from intrek.story.intervision.actions import close_meeting, decide, note_attendance, write_note
from intrek.story.intervision.models import ActionPoint, AgendaItem, Decision, Meeting, Why
from tests.factories import contact, member, organisation, second_programme
from tests.intervision.cases import TODAY, again, item_of, meeting, referred

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"intervision:{name}", args=[getattr(each, "pk", each) for each in args])


def own_fields(page, work="work"):
    return dict(page.context[work].hidden)


@pytest.fixture
def ann(client):
    """The coordinator, signed in."""
    who = member("coordinator", language="en")
    client.force_login(who.user)
    return who


def test_a_meeting_is_planned_and_shown(client, ann):
    on = TODAY + timedelta(days=9)
    told = {"on": day(on), "starts_at": "13.30", "ends_at": "15u30", "place": "zaal 2", "chair": ann.contact_id}
    page = client.post(url("plan"), told, follow=True)
    assert page.redirect_chain[-1][0] == url("meeting", Meeting.objects.get())
    assert "zaal 2" in client.get(url("meetings")).content.decode()


def test_a_second_meeting_on_that_day_leads_to_the_first(client, ann):
    one = meeting(9)
    page = client.post(url("plan"), {"on": day(one.on)}).content.decode()
    assert "There is already a meeting" in page
    assert url("meeting", one) in page


def test_discussion_and_decision_are_one_saving_and_go_on_to_the_next_item(client, ann):
    one = meeting()
    first, second = item_of(referred(), one), item_of(referred(), one)
    page = client.get(url("item", first))
    told = {"note": "Drie verhuizingen.", "decision": "accept", "motive": "Past.", "motive_for_referrer": "Welkom."}
    answer = client.post(url("decide", first), own_fields(page) | told | {"on": day(TODAY)})
    assert answer["Location"] == url("item", second)
    first.refresh_from_db()
    assert (first.note, first.decision, again(first.pathway).stage) == ("Drie verhuizingen.", "accept", Stage.WAITING)
    assert Message.objects.filter(pathway_id=first.pathway_id).count() == 1


def test_without_a_decision_the_texts_stay_for_whoever_writes_on_and_nobody_is_told(client, ann):
    one = meeting()
    first, second = item_of(referred(), one), item_of(referred(), one)
    page = client.get(url("item", first))
    told = {"note": "Nog na te vragen.", "motive": "Misschien.", "motive_for_referrer": "Welkom?", "go_on": "1"}
    answer = client.post(url("item", first), own_fields(page) | told | {"on": day(TODAY)})
    assert answer["Location"] == url("item", second)
    form = client.get(url("item", first)).context["form"]
    assert [form[name].value() for name in ("note", "motive", "motive_for_referrer")] == list(told.values())[:3]
    assert not Message.objects.exists()


def test_a_decision_without_a_motive_keeps_what_was_typed_and_writes_nothing(client, ann):
    item = item_of(referred())
    own = own_fields(client.get(url("item", item)))
    told = {"note": "Besproken.", "decision": "decline", "motive_for_referrer": "Eerst inschrijven.", "on": day(TODAY)}
    page = client.post(url("decide", item), own | told)
    assert "Eerst inschrijven." in page.content.decode()
    assert "Eerst inschrijven." in client.get(url("item", item)).content.decode()
    item.refresh_from_db()
    assert (item.decision, item.note) == ("", "")


def test_who_presses_decide_without_choosing_hears_so(client, ann):
    item = item_of(referred())
    page = client.post(url("decide", item), own_fields(client.get(url("item", item))) | {"on": day(TODAY)})
    for reason in ("Choose what the partners decide", "Write why the partners decide this."):
        assert reason in page.content.decode()


def test_who_decides_second_hears_what_was_decided_and_keeps_the_text(client, ann):
    item = item_of(referred())
    own = own_fields(client.get(url("item", item)))
    decide(item, decision=Decision.POSTPONE, motive="Tijd op.", on=TODAY, by=member())
    told = {"note": "Van mij.", "decision": "accept", "motive": "Past.", "on": day(TODAY)}
    page = client.post(url("decide", item), own | told).content.decode()
    assert "This was already decided" in page
    assert "Van mij." in page
    item.refresh_from_db()
    assert (item.decision, item.note) == ("postpone", "")


def test_care_is_hidden_while_a_housing_partner_looks_at_the_same_screen(client, ann):
    item = item_of(referred("running"), why=Why.ASKED, question="Slikt hij zijn pillen nog?")
    assert "pillen" in client.get(url("item", item)).content.decode()
    note_attendance(item.meeting, {contact("Koen", at=organisation("Vivendo", sector="housing")): True}, by=ann)
    page = client.get(url("item", item)).content.decode()
    assert "pillen" not in page
    assert "Care hidden" in page
    assert "pillen" in client.get(url("item", item) + "?care=show").content.decode()


def test_two_who_write_at_once_see_both_texts(client, ann):
    item = item_of(referred())
    page = client.get(url("item", item))
    write_note(item, note="Van de ander.", by=member())
    answer = client.post(url("item", item), own_fields(page) | {"note": "Van mij."}).content.decode()
    assert "Van mij." in answer
    assert "Van de ander." in answer
    assert AgendaItem.objects.get().note == "Van de ander."


def test_a_running_pathway_is_not_offered_accept_or_decline(client, ann):
    page = client.get(url("item", item_of(referred("running"))))
    assert [code for code, _label in page.context["form"].fields["decision"].choices] == ["postpone", "other"]


def test_items_move_without_a_script_and_leave_the_agenda(client, ann):
    one = meeting(3)
    first, second = item_of(referred(), one), item_of(referred(), one)
    client.post(url("move", second), {"to": "up"})
    assert list(AgendaItem.objects.order_by("position").values_list("pk", flat=True)) == [second.pk, first.pk]
    client.post(url("take_off", first))
    assert AgendaItem.objects.get() == second


def test_the_agenda_takes_somebody_by_name(client, ann):
    made, one = referred(), meeting(3)
    found = client.get(url("find", one), {"q": made.person.family_name}).content.decode()
    assert made.person.name in found
    client.post(url("put_on", made), {"meeting": one.pk, "question": "Wat nu?"})
    assert AgendaItem.objects.get().question == "Wat nu?"


def test_an_action_point_is_agreed_ticked_and_untick(client, ann):
    item, koen = item_of(referred()), contact("Koen")
    client.post(url("add_point", item), {"text": "Bellen", "who": koen.pk, "due_on": day(TODAY + timedelta(days=3))})
    point = ActionPoint.objects.get()
    assert "Bellen" in client.get(url("points")).content.decode()
    client.post(url("tick", point), {"next": "https://elsewhere.example/"})
    point.refresh_from_db()
    assert point.done_on == TODAY
    client.post(url("tick", point))
    point.refresh_from_db()
    assert point.done_on is None


def test_attendance_is_written_per_organisation(client, ann):
    one, koen = meeting(), contact("Koen")
    name = f"who_{koen.pk.hex}"
    client.post(url("attendance", one), {name: "apologies"})
    page = client.get(url("meeting", one)).content.decode()
    assert "Koen" in page
    assert "apologies" in page
    assert client.get(url("attendance", one)).context["form"][name].value() == "apologies"


def test_closing_names_everybody_who_is_undecided(client, ann):
    one = meeting()
    item = item_of(referred(), one)
    page = client.post(url("close", one)).content.decode()
    assert item.pathway.person.name in page
    assert url("item", item) in page
    decide(item, decision=Decision.POSTPONE, motive="Tijd op.", on=TODAY, by=ann)
    client.post(url("close", one))
    assert Meeting.objects.get().closed_on == TODAY
    client.post(url("reopen", one))
    assert Meeting.objects.get().closed_on is None


def test_the_pathway_tells_what_the_partners_said(client, ann):
    item = item_of(referred())
    write_note(item, note="Wil verhuizen.", by=ann)
    decide(item, decision=Decision.DECLINE, reason_code="not_registered", motive="Nee.", on=TODAY, by=ann)
    page = client.get(url("of_pathway", item.pathway)).content.decode()
    assert "Wil verhuizen." in page
    assert client.get(url("item", item)).status_code == 200
    close_meeting(item.meeting, on=TODAY, by=ann)
    assert "deciding" not in client.get(url("item", item)).context


@pytest.mark.parametrize("role", ["referrer", "housing_officer", "steering_member", "administrator"])
def test_minutes_do_not_exist_for_who_does_not_work_for_the_programme(client, role):
    item = item_of(referred())
    write_note(item, note="Vertrouwelijk.", by=None)
    client.force_login(member(role).user)
    pages = [url("meetings"), url("meeting", item.meeting), url("item", item), url("of_pathway", item.pathway)]
    assert [client.get(each).status_code for each in pages] == [404, 404, 404, 404]


def test_another_programmes_coordinator_finds_nothing(client):
    item = item_of(referred())
    client.force_login(member("coordinator", programme=second_programme()).user)
    assert client.get(url("item", item)).status_code == 404
    assert client.get(url("meeting", item.meeting)).status_code == 404
    assert item.pathway.person.name not in client.get(url("meetings")).content.decode()


@pytest.mark.parametrize("count", [30, 60])
def test_the_meeting_takes_the_same_queries_with_sixty_items(client, ann, assert_same_queries, count):
    one = meeting(3)
    item_of(referred(), one)
    grow = lambda: [item_of(referred(), one) for _each in range(count - 1)]  # noqa: E731
    assert_same_queries(lambda: client.get(url("meeting", one)), grow)


def test_the_list_of_meetings_takes_the_same_queries_with_thirty(client, ann, assert_same_queries):
    meeting(1)
    grow = lambda: [meeting(days) for days in range(2, 31)]  # noqa: E731
    assert_same_queries(lambda: client.get(url("meetings")), grow, at_most=10)
