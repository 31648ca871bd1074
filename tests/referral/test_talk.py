"""What referrer and programme say to each other after the hand-in (P24)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.common.refusals import Refused
from intrek.ground.pathways.models import Awaited, Party, Pathway
from intrek.ground.post.models import Kind, Message
from intrek.story.referral.actions import add_later, answer, ask_programme, ask_referrer, tell_referrer
from intrek.story.referral.models import Remark, RemarkKind
from intrek.windows.desk.queries.day import day_of
from tests.factories import member, organisation
from tests.referral.made import referral

pytestmark = pytest.mark.django_db


def codes(refused):
    return [each.code.value for each in refused.value.reasons]


def asked(made, on, *, by=None, **facts):
    facts = {"text": "Wie volgt haar op?", "answer_by": on + timedelta(days=5)} | facts
    return ask_referrer(made, on=on, by=by or member("coordinator"), **facts)


def referrer_of(made):
    return made.referrer.memberships.get().standing_on(made.referred_on)


def test_a_question_of_the_programme_is_what_is_awaited_until_it_is_answered(today):
    made = referral()
    before = Pathway.objects.get(pk=made.pathway_id)
    question = asked(made, today)
    waiting = Pathway.objects.get(pk=made.pathway_id)
    assert (waiting.awaits, waiting.awaits_party) == (Awaited.ANSWER, Party.REFERRER)
    assert waiting.awaits_facts == {"question": "Wie volgt haar op?"}
    answer(question, text="Het mobiele team.", on=today, by=referrer_of(made))
    after = Pathway.objects.get(pk=made.pathway_id)
    assert (after.awaits, after.awaits_party, after.awaits_by) == (before.awaits, before.awaits_party, before.awaits_by)


def test_of_two_questions_both_are_answered_before_anything_else_is_awaited(today):
    made = referral()
    first, second = asked(made, today), asked(made, today, text="Is er een attest?")
    answer(second, text="Ja.", on=today, by=referrer_of(made))
    assert Pathway.objects.get(pk=made.pathway_id).awaits == Awaited.ANSWER
    answer(first, text="Het mobiele team.", on=today, by=referrer_of(made))
    assert Pathway.objects.get(pk=made.pathway_id).awaits == Awaited.AGENDA


def test_each_side_finds_in_its_inbox_what_the_other_said(today):
    coordinator, made = member("coordinator"), referral()
    question = asked(made, today, by=coordinator)
    answer(question, text="Het mobiele team.", on=today, by=referrer_of(made))
    add_later(made, text="Zij is verhuisd.", on=today, by=referrer_of(made))
    told = Message.objects.exclude(kind=Kind.REFERRAL_RECEIVED).order_by("created_at")
    said = [(each.to, each.kind, each.text) for each in told]
    assert said == [
        (made.referrer, Kind.QUESTION, "Wie volgt haar op?"),
        (coordinator.contact, Kind.ANSWER, "Het mobiele team."),
        (coordinator.contact, Kind.ADDITION, "Zij is verhuisd."),
    ]
    assert not any(made.pathway.person.family_name in str(each) for each in told)


def test_a_question_is_answered_once_and_by_the_other_side_only(today):
    made = referral()
    question = asked(made, today)
    with pytest.raises(Refused) as refused:
        answer(question, text=" ", on=today, by=member("coordinator"))
    assert codes(refused) == ["nothing_said", "own_question"]
    said = answer(question, text="Ja.", on=today, by=referrer_of(made))
    with pytest.raises(Refused) as refused:
        answer(question, text="Neen.", on=today, by=referrer_of(made))
    assert codes(refused) == ["answered_already"]
    with pytest.raises(Refused) as refused:
        answer(said, text="Dank.", on=today, by=member("coordinator"))
    assert codes(refused) == ["no_question"]
    assert Remark.objects.filter(kind=RemarkKind.ANSWER).count() == 1


def test_a_question_to_nobody_and_for_a_day_that_is_past_is_refused(today):
    made = referral(referrer=None)
    with pytest.raises(Refused) as refused:
        asked(made, today, text="", answer_by=today - timedelta(days=1))
    assert codes(refused) == ["no_referrer", "nothing_said", "answer_passed"]
    assert not Remark.objects.exists()
    assert tell_referrer(made.pathway, Kind.NEWS, on=today, by=member("coordinator")) is None


def test_what_a_referrer_asks_stands_on_my_day_of_the_coordinator_until_it_is_answered(today):
    coordinator, made = member("coordinator").standing_on(today), referral()
    question = ask_programme(made, text="Mag de kat mee?", on=today, by=referrer_of(made))
    assert question.answer_by == today + timedelta(days=7)
    assert "Mag de kat mee?" in str(day_of(coordinator, today).groups)
    answer(question, text="Ja.", on=today, by=coordinator)
    assert "Mag de kat mee?" not in str(day_of(coordinator, today).groups)
    assert Message.objects.get(kind=Kind.ANSWER).to == made.referrer


def test_the_page_shows_the_talk_to_both_sides_and_who_read_it(sign_in, today):
    made = referral()
    asked(made, today)
    page = reverse("referral:of_pathway", args=[made.pathway_id])
    reader = member("referrer")
    team, partner = sign_in(member("coordinator")), sign_in(reader)
    assert "Nog niet gelezen" in team.get(page).content.decode()
    shown = partner.get(page).content.decode()
    assert "Wie volgt haar op?" in shown
    assert "Antwoorden" in shown
    assert "Gelezen op" in team.get(page).content.decode()
    assert Remark.objects.get().read_by_label == reader.label


def test_a_referrer_answers_on_a_page_and_nobody_else_can(sign_in, today):
    made = referral()
    question = asked(made, today)
    page = reverse("referral:answer", args=[question.pk])
    elsewhere = sign_in(member("referrer", organisation("Begeleid Wonen"), name="Mark"))
    assert elsewhere.get(page).status_code == 404
    assert elsewhere.post(page, {"text": "Neen."}).status_code == 404
    partner = sign_in(member("referrer"))
    assert partner.get(page).status_code == 200
    assert partner.post(page, {"text": "Het mobiele team."}).status_code == 302
    assert Remark.objects.get(kind=RemarkKind.ANSWER).answers == question
    home = partner.get(reverse("portal:home")).content.decode()
    assert "Wie volgt haar op?" not in home


def test_a_referrer_adds_and_asks_on_pages_and_the_team_only_asks(sign_in):
    made = referral()
    partner, team = sign_in(member("referrer")), sign_in(member("coordinator"))
    add, ask = (reverse(f"referral:{name}", args=[made.pathway_id]) for name in ("add", "ask"))
    assert partner.post(add, {"text": "Zij is verhuisd."}).status_code == 302
    assert partner.post(ask, {"text": "Mag de kat mee?"}).status_code == 302
    assert team.post(add, {"text": "Neen."}).status_code == 404
    assert team.post(ask, {"text": "Wanneer?", "answer_by": ""}).status_code == 302
    said = Remark.objects.order_by("created_at").values_list("kind", "from_programme")
    assert list(said) == [("addition", False), ("question", False), ("question", True)]


def test_who_wants_no_mails_about_a_referral_says_until_when(sign_in, today):
    made, reader = referral(), member("referrer")
    page = reverse("referral:pause", args=[made.pathway_id])
    assert sign_in(reader).post(page, {"until_on": f"{today:%d/%m/%Y}"}).status_code == 302
    assert reader.contact.pauses.get().until_on == today
    assert sign_in(reader).get(page).status_code == 200
    assert sign_in(member("referrer", organisation("Elders"))).get(page).status_code == 404
