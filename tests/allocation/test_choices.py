"""People choose a candidate with a motive; of two at once one wins; declining gives the dwelling back (P17)."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from intrek.ground.common.refusals import Refused
from intrek.ground.pathways.actions import close_pathway
from intrek.ground.pathways.models import Awaited, Ending, Pathway, Stage, Station, Step
from intrek.ground.post.models import Kind, Message
from intrek.story.allocation.actions import accept, choose, decline, release, withdraw_offer
from intrek.story.allocation.models import Allocation, Offer
from intrek.story.allocation.queries import free_offers
from intrek.story.allocation.rules import Reason
from tests.allocation.cases import TODAY, again, candidate, chosen, offer
from tests.factories import member

pytestmark = pytest.mark.django_db


def codes_of(refused):
    return [reason.code for reason in refused.value.reasons]


def test_a_chosen_candidate_is_asked_and_the_referrer_hears():
    allocation = chosen()
    made = again(allocation.pathway)
    assert (made.stage, made.awaits) == (Stage.ALLOCATED, Awaited.CANDIDATE)
    assert Message.objects.get().kind == Kind.ALLOCATION
    assert made.hears_by == TODAY + timedelta(days=21)
    assert not free_offers(member()).exists()


def test_every_reason_why_somebody_is_not_chosen_is_named():
    one = offer()
    chosen(one)
    with pytest.raises(Refused) as refused:
        choose(one, candidate("sitting", "running"), motive="", on=TODAY - timedelta(days=400), by=None)
    assert codes_of(refused) == [
        Reason.TAKEN,
        Reason.NOT_TRIAL,
        Reason.NOT_WAITING,
        Reason.BEFORE_OFFER,
        Reason.BEFORE_ACCEPTANCE,
        Reason.NO_MOTIVE,
    ]


def test_one_candidate_gets_one_dwelling():
    who = candidate()
    chosen(who=who)
    with pytest.raises(Refused) as refused:
        chosen(who=who)
    assert codes_of(refused) == [Reason.HAS_DWELLING, Reason.NOT_WAITING]


def test_a_choice_made_on_an_old_page_hears_who_was_first():
    one, first, second = offer(), candidate(), candidate()
    stale = Offer.objects.get(pk=one.pk)
    chosen(one, first)
    with pytest.raises(Refused) as refused:
        chosen(stale, second)
    assert first.person.name in str(refused.value)
    assert again(second).stage == Stage.WAITING


def test_somebody_who_was_withdrawn_meanwhile_is_not_chosen():
    who = candidate()
    stale = Pathway.objects.get(pk=who.pk)
    close_pathway(who, ending=Ending.WITHDRAWN, on=TODAY, by=None)
    with pytest.raises(Refused) as refused:
        chosen(who=stale)
    assert codes_of(refused) == [Reason.NOT_WAITING]


def test_the_database_itself_lets_one_win_when_nobody_asked_first():
    one, first, second = offer(), candidate(), candidate()
    choose(one, first, motive="", on=TODAY, by=None, history=True)
    with pytest.raises(Refused) as refused:
        choose(one, second, motive="", on=TODAY, by=None, history=True)
    assert codes_of(refused) == [Reason.TAKEN]
    assert again(second).stage == Stage.WAITING


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_for_one_dwelling_one_wins_and_the_other_gets_the_reason():
    one = offer()
    told = []

    def ask(who):
        try:
            told.append(chosen(Offer.objects.get(pk=one.pk), Pathway.objects.get(pk=who.pk)))
        except Refused as refused:
            told.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=ask, args=[candidate()]) for _each in range(2)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    (refused,) = [each for each in told if isinstance(each, Refused)]
    assert [reason.code for reason in refused.reasons] == [Reason.TAKEN]
    assert Allocation.objects.filter(offer=one, released_on=None).count() == 1
    assert Pathway.objects.filter(stage=Stage.ALLOCATED).count() == 1


def test_an_accepted_dwelling_awaits_its_papers():
    allocation = accept(chosen(), on=TODAY, by=None)
    made = again(allocation.pathway)
    assert (made.stage, made.awaits) == (Stage.ALLOCATED, Awaited.PAPERS)
    assert Step.objects.get(pathway=made, station=Station.ALLOCATION).on == TODAY


def test_declining_gives_the_dwelling_back_and_the_candidate_waits_on():
    allocation = chosen()
    decline(allocation, code="too_far", why="Werkt in Oostende.", on=TODAY, by=None)
    made = again(allocation.pathway)
    assert (made.stage, made.awaits) == (Stage.WAITING, Awaited.DWELLING)
    assert free_offers(member()).get() == allocation.offer
    assert "Te ver" in Message.objects.order_by("created_at", "pk").last().text
    assert chosen(allocation.offer, made).pk


def test_an_answer_is_given_once_with_a_reason_of_the_programme():
    allocation = accept(chosen(), on=TODAY, by=None)
    with pytest.raises(Refused) as refused:
        decline(allocation, code="because", on=TODAY - timedelta(days=1), by=None)
    assert codes_of(refused) == [Reason.ACCEPTED_ALREADY, Reason.BEFORE_CHOICE, Reason.UNKNOWN_CODE]
    with pytest.raises(Refused) as refused:
        accept(Allocation.objects.get(pk=allocation.pk), on=TODAY, by=None)
    assert codes_of(refused) == [Reason.ACCEPTED_ALREADY]


def test_who_loses_the_dwelling_before_the_keys_waits_again():
    allocation = accept(chosen(), on=TODAY, by=None)
    release(allocation, on=TODAY, by=None)
    made = again(allocation.pathway)
    assert (made.stage, made.awaits) == (Stage.WAITING, Awaited.DWELLING)
    assert Step.objects.get(pathway=made, station=Station.ALLOCATION).state == ""
    with pytest.raises(Refused) as refused:
        release(allocation, on=TODAY, by=None)
    assert codes_of(refused) == [Reason.RELEASED_ALREADY]


def test_a_dwelling_that_was_withdrawn_is_nobodys():
    one = offer()
    withdraw_offer(one, on=TODAY, why="Verkocht", by=None)
    with pytest.raises(Refused) as refused:
        chosen(one)
    assert codes_of(refused) == [Reason.WITHDRAWN]
