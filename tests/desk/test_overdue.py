"""Who was promised to hear by a day that went by is told that they were not forgotten (P24)."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from intrek.ground.pathways.models import Promise
from intrek.ground.post.models import Kind, Message
from intrek.story.referral.models import Remark
from intrek.windows.desk.actions import answer_referrer, tell_overdue
from tests.factories import member
from tests.referral.made import referral

pytestmark = pytest.mark.django_db


def overdue(today, days=1):
    """A referral whose promised day went by so many days ago."""
    made = referral()
    Promise.objects.filter(pathway=made.pathway).update(due_on=today - timedelta(days=days))
    return made


def told():
    return Message.objects.filter(kind=Kind.OVERDUE)


def test_silence_past_the_promised_day_is_told_once_and_stands_in_the_talk(today):
    made = overdue(today)
    assert tell_overdue(on=today) == 1
    assert tell_overdue(on=today + timedelta(days=1)) == 0
    message = told().get()
    assert (message.to, message.number) == (made.referrer, made.pathway.number)
    assert message.mail is not None
    assert Remark.objects.get(pathway=made.pathway).text == message.text


@pytest.mark.parametrize("days", [0, -3])
def test_a_day_that_has_not_gone_by_is_not_overdue(today, days):
    overdue(today, days)
    assert tell_overdue(on=today) == 0


def test_who_heard_or_was_told_a_later_day_is_not_told_again(today):
    made = overdue(today)
    later = {"next_day": today + timedelta(days=9), "reason": "Geen woning vrij."}
    answer_referrer(made.pathway, text="Het duurt langer.", on=today, by=member("coordinator"), **later)
    assert tell_overdue(on=today) == 0
    assert tell_overdue(on=today + timedelta(days=10)) == 1


def test_nobody_is_told_where_nobody_is_known_and_it_is_not_tried_each_hour(today):
    made = referral(referrer=None)
    Promise.objects.filter(pathway=made.pathway).update(due_on=today - timedelta(days=1))
    assert tell_overdue(on=today) == 0
    assert Promise.objects.get(pathway=made.pathway).told_overdue_on == today


def test_the_command_tells(today, capsys):
    overdue(today)
    call_command("tell_overdue")
    assert capsys.readouterr().out == "1 referrers told.\n"
