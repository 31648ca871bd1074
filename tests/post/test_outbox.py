"""Mails leave once, are tried again when the server was not given them, and are given up where somebody sees it."""

from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import make_aware, make_naive

from intrek.ground.access.actions import end_grants
from intrek.ground.access.models import Ground
from intrek.ground.common.refusals import Refused
from intrek.ground.partners.actions import end_role
from intrek.ground.post import outbox, rules
from intrek.ground.post.actions import choose_mails, mark_read, pause_mails, send, try_again
from intrek.ground.post.models import Kind, Mail, MailState, Message
from intrek.ground.post.outbox import deliver, deliver_due
from tests import factories
from tests.post.mail_server import mail_server, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def referrer():
    return factories.member("referrer")


@pytest.fixture
def pathway(referrer):
    return factories.pathway(of=factories.person("Olga", "Geheim"), referred_by=referrer.organisation)


@pytest.fixture
def told(referrer, pathway):
    def tell(kind=Kind.DECISION, **facts):
        return send(referrer.contact, kind, pathway=pathway, text="Aanvaard.", by=None, **facts)

    return tell


@pytest.fixture
def mailed(settings):
    """Real mail: every mail of these tests goes to this server."""

    @contextmanager
    def serve(**trouble):
        with mail_server(**trouble) as served:
            settings.EMAIL_BACKEND = "intrek.ground.post.smtp.Backend"
            settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", served.port, 1
            yield served

    return serve


def delivered(mail, at=None):
    found = deliver(mail.pk, mail.programme_id, at=at or timezone.now())
    mail.refresh_from_db()
    return found


# ---- a server that behaves, and those that do not ----


def test_a_mail_leaves_once_and_says_a_number_and_a_link_and_no_more(told, mailed, referrer):
    message = told()
    with mailed() as served:
        assert delivered(message.mail) == MailState.SENT
        assert delivered(message.mail) is None
    [letter] = served.letters
    assert letter["To"] == referrer.user.email
    assert message.number in letter["Subject"]
    assert settings.ADDRESS + reverse("post:inbox") in text_of(letter)
    assert not {word for word in ("Olga", "Geheim", "Aanvaard") if word in letter.as_string() + text_of(letter)}


@pytest.mark.parametrize(
    "trouble",
    [
        {"connect": "drop"},
        {"connect": "hang"},
        {"connect": "421 busy"},
        {"mail": "451 later"},
        {"rcpt": "450 later"},
        {"rcpt": "hang"},
        {"data": "451 later"},
        {"data": "drop"},
        {"taken": "552 full"},
    ],
    ids=str,
)
def test_what_the_server_did_not_take_is_tried_again_and_arrives_once(told, mailed, trouble):
    mail = told().mail
    at = timezone.now()
    with mailed(**trouble) as served:
        assert delivered(mail, at) == MailState.WAITING
    assert mail.due_at == at + timedelta(minutes=rules.TRY_AGAIN[0])
    assert mail.error
    served.letters.clear()  # what a server refused at the end it does not keep
    with mailed() as served:
        assert delivered(mail, at) is None, "too early"
        assert delivered(mail, mail.due_at) == MailState.SENT
    assert len(served.letters) == 1


@pytest.mark.parametrize("how", ["drop", "hang"])
def test_what_may_have_arrived_is_never_sent_again_by_itself(told, mailed, how):
    mail = told().mail
    with mailed(taken=how) as served:
        assert delivered(mail) == MailState.UNCERTAIN
        assert deliver_due(at=timezone.now() + timedelta(days=9)) == 0
    assert len(served.letters) == 1


def test_who_died_while_sending_leaves_a_mail_that_nobody_sends_twice(told, mailed, monkeypatch):
    mail = told().mail

    def die(_letter):
        raise KeyboardInterrupt

    with mailed() as served:
        with monkeypatch.context() as patched:
            patched.setattr(outbox, "_hand_over", die)
            with pytest.raises(KeyboardInterrupt):
                delivered(mail)
        assert delivered(mail) is None, "the other one may still be at it"
        assert delivered(mail, timezone.now() + rules.CLAIM + timedelta(seconds=1)) == MailState.UNCERTAIN
    assert served.letters == []


def test_an_address_that_does_not_exist_is_given_up_at_once_and_somebody_sees_it(told, mailed, sign_in, referrer):
    mail = told().mail
    with mailed(rcpt="550 no such user"):
        assert delivered(mail) == MailState.GIVEN_UP
    page = sign_in(factories.member("coordinator")).get(reverse("post:stuck")).content.decode()
    assert referrer.contact.name in page
    assert "550" in page
    assert referrer.user.email not in mail.error


def test_each_pause_is_longer_and_after_the_last_it_is_given_up(told, mailed):
    mail = told().mail
    pauses, at = [], mail.due_at
    with mailed(connect="drop"):
        while delivered(mail, at) == MailState.WAITING:
            pauses.append((mail.due_at - at).total_seconds() / 60)
            at = mail.due_at
    assert pauses == list(rules.TRY_AGAIN) == sorted(pauses)
    assert mail.state == MailState.GIVEN_UP


def test_somebody_has_a_stuck_mail_tried_again_and_not_one_that_left(told, mailed, sign_in):
    mail = told().mail
    with mailed(rcpt="550 no such user"):
        delivered(mail)
    client = sign_in(factories.member("administrator"))
    assert client.post(reverse("post:try_again", args=[mail.pk])).status_code == 302
    mail.refresh_from_db()
    with mailed() as served:
        assert delivered(mail, mail.due_at) == MailState.SENT
    assert len(served.letters) == 1
    with pytest.raises(Refused):
        try_again(mail, at=timezone.now())
    assert client.post(reverse("post:try_again", args=[mail.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_it_once(told, mailed, run_jobs):
    told()
    with mailed() as served:
        call_command("deliver_mail", verbosity=0)
        run_jobs()
        call_command("deliver_mail", verbosity=0)
    assert len(served.letters) == 1


# ---- what a mail still has to tell ----


def test_who_lost_sight_of_it_is_mailed_nothing(told, referrer, pathway, today):
    mail = told().mail
    end_grants(pathway.pk, referrer.organisation, ground=Ground.OWN_REFERRAL, last_day=today - timedelta(days=1))
    assert delivered(mail) == MailState.DROPPED


def test_who_has_no_role_any_more_is_mailed_nothing(told, referrer, today):
    mail = told(Kind.NEWS).mail
    end_role(referrer, last_day=today, by=None)
    assert delivered(mail, mail.due_at + timedelta(days=2)) == MailState.DROPPED


def test_what_was_read_meanwhile_is_not_mailed(told):
    message = told(Kind.NEWS)
    mark_read(Message.objects.filter(pk=message.pk), at=timezone.now())
    assert delivered(message.mail, message.mail.due_at) == MailState.DROPPED


def test_one_thing_to_do_gives_one_mail(told, pathway, referrer):
    first, again = told(Kind.QUESTION), told(Kind.QUESTION)
    assert first.mail == again.mail
    mark_read(Message.objects.filter(to=first.to), at=timezone.now())
    assert told(Kind.QUESTION).mail != first.mail


# ---- digests, choices, pauses ----


def test_news_waits_for_the_morning_and_comes_in_one_mail(told, mailed):
    first, second = told(Kind.NEWS), told(Kind.STARTED)
    assert first.mail == second.mail
    assert (make_naive(first.mail.due_at).hour, first.mail.is_digest) == (7, True)
    with mailed() as served:
        assert delivered(first.mail) is None
        assert delivered(first.mail, first.mail.due_at) == MailState.SENT
    assert text_of(served.letters[0]).count(first.number) == 2
    assert told(Kind.NEWS).mail != first.mail


def test_a_digest_that_could_not_leave_is_not_added_to(told, mailed):
    first = told(Kind.NEWS)
    with mailed(connect="drop"):
        delivered(first.mail, first.mail.due_at)
    assert told(Kind.NEWS).mail != first.mail


@pytest.mark.parametrize(
    ("when", "now", "leaves"),
    [
        ("daily", datetime(2026, 11, 27, 6, 59), datetime(2026, 11, 27, 7, 0)),
        ("daily", datetime(2026, 11, 27, 7, 0), datetime(2026, 11, 28, 7, 0)),
        ("weekly", datetime(2026, 11, 27, 9, 0), datetime(2026, 11, 30, 7, 0)),
        ("weekly", datetime(2026, 11, 30, 6, 0), datetime(2026, 11, 30, 7, 0)),
        ("weekly", datetime(2026, 11, 30, 8, 0), datetime(2026, 12, 7, 7, 0)),
        ("daily", datetime(2026, 10, 24, 12, 0), datetime(2026, 10, 25, 7, 0)),
    ],
    ids=str,
)
def test_a_digest_leaves_on_the_next_morning_or_the_next_monday(when, now, leaves):
    assert rules.leaves_at(rules.When(when), make_aware(now)) == make_aware(leaves)


def test_who_chooses_no_mail_gets_none_and_still_finds_the_message(told, referrer):
    choose_mails(referrer.contact, {"decision": "off", "news": "at_once"})
    assert told(Kind.DECISION).mail is None
    assert not told(Kind.NEWS).mail.is_digest
    assert Message.objects.count() == 2


def test_an_overdue_promise_is_mailed_whatever_was_chosen_or_paused(told, referrer, pathway, today):
    choose_mails(referrer.contact, {"overdue": "off"})
    pause_mails(referrer.contact, pathway.pk, until_on=today, on=today)
    assert told(Kind.DECISION).mail is None
    assert told(Kind.OVERDUE).mail is not None


def test_a_pause_ends_by_its_day_or_when_it_is_taken_away(told, referrer, pathway, today):
    pause_mails(referrer.contact, pathway.pk, until_on=today, on=today)
    assert told().mail is None
    pause_mails(referrer.contact, pathway.pk, until_on=None, on=today)
    assert told().mail is not None
    with pytest.raises(Refused):
        pause_mails(referrer.contact, pathway.pk, until_on=today - timedelta(days=1), on=today)


def test_the_page_of_choices(sign_in, referrer):
    client, page = sign_in(referrer), reverse("post:choices")
    shown = client.get(page)
    assert "overdue" not in shown.content.decode()
    answers = {kind: "weekly" for kind in rules.PARTNER_KINDS if kind not in rules.NEVER_OFF}
    assert client.post(page, answers).status_code == 302
    assert referrer.contact.mail_choice.choices["news"] == "weekly"


def test_an_inbox_of_many_messages_takes_no_more_queries(told, sign_in, referrer, assert_same_queries):
    told()
    client = sign_in(referrer)
    assert_same_queries(lambda: client.get(reverse("post:inbox")), lambda: [told() for _each in range(30)], at_most=10)


def test_the_outbox_of_a_day_is_gone_through_whoever_the_programme_is(told, mailoutbox):
    message = told()
    Mail.objects.filter(pk=message.mail.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    assert deliver_due(at=timezone.now()) == 1
    assert len(mailoutbox) == 1
