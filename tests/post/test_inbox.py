"""News reaches whom it is for, says no more than they may see, and its mail says less still (P24)."""

import pytest
from django.core import mail
from django.urls import reverse

from intrek.ground.access.actions import end_grants
from intrek.ground.access.models import Ground
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind, Message
from tests import factories

pytestmark = pytest.mark.django_db
INBOX = "post:inbox"


@pytest.fixture
def referrer():
    return factories.member("referrer")


@pytest.fixture
def pathway(referrer):
    return factories.pathway(of=factories.person("Olga", "Geheim"), referred_by=referrer.organisation)


@pytest.fixture
def message(referrer, pathway):
    return send(referrer.contact, Kind.DECISION, pathway=pathway, text="Aanvaard.", path="/portal/", by=None)


def test_a_message_stands_in_the_inbox_of_whom_it_is_for(message, referrer, sign_in):
    page = sign_in(referrer).get(reverse(INBOX)).content.decode()
    assert message.number in page
    assert "Aanvaard." in page


def test_nobody_else_reads_it_not_even_a_colleague(message, referrer, sign_in):
    for other in (factories.member("referrer", referrer.organisation), factories.member("coordinator")):
        client = sign_in(other)
        assert message.number not in client.get(reverse(INBOX)).content.decode()
        assert client.post(reverse("post:open", args=[message.pk])).status_code == 404


def test_who_lost_sight_of_a_referral_no_longer_reads_its_messages(message, referrer, pathway, today, sign_in):
    yesterday = today - factories.timedelta(days=1)
    end_grants(pathway.pk, referrer.organisation, ground=Ground.OWN_REFERRAL, last_day=yesterday)
    page = sign_in(referrer).get(reverse(INBOX)).content.decode()
    assert "Aanvaard." not in page
    assert message.number not in page


def test_opening_marks_it_read_and_leads_to_what_it_is_about(message, referrer, sign_in):
    answer = sign_in(referrer).post(reverse("post:open", args=[message.pk]), {"go": "1"})
    assert answer.url == "/portal/"
    message.refresh_from_db()
    assert message.read_at is not None


def test_a_message_never_leads_to_another_site(referrer, sign_in):
    bad = send(referrer.contact, Kind.DECISION, path="https://example.org/", by=None)
    answer = sign_in(referrer).post(reverse("post:open", args=[bad.pk]), {"go": "1"})
    assert answer.url == reverse(INBOX)


def test_all_are_read_and_those_of_others_are_not(message, referrer, sign_in):
    other = send(factories.member("coordinator").contact, Kind.QUESTION, by=None)
    sign_in(referrer).post(reverse("post:read_all"))
    assert set(Message.objects.filter(read_at=None)) == {other}


@pytest.mark.django_db(transaction=True)
def test_the_mail_names_nobody_and_tells_nothing(message, referrer, run_jobs):
    run_jobs()
    [letter] = mail.outbox
    assert letter.to == [referrer.user.email]
    assert message.number in letter.subject
    whole = letter.subject + letter.body
    assert not {word for word in ("Olga", "Geheim", "Aanvaard") if word in whole}
    assert reverse(INBOX) in letter.body


@pytest.mark.django_db(transaction=True)
def test_who_left_gets_no_mail(referrer, pathway, today, run_jobs):
    referrer.contact.left_on = today - factories.timedelta(days=1)
    referrer.contact.save()
    send(referrer.contact, Kind.DECISION, pathway=pathway, by=None)
    run_jobs()
    assert not mail.outbox


@pytest.mark.django_db(transaction=True)
def test_a_message_is_mailed_once(message, run_jobs):
    run_jobs()
    run_jobs()
    assert len(mail.outbox) == 1


def test_the_inbox_takes_no_query_more_for_more_messages(message, referrer, pathway, sign_in, assert_same_queries):
    client = sign_in(referrer)
    grow = lambda: [send(referrer.contact, Kind.DECISION, pathway=pathway, by=None) for _ in range(29)]  # noqa: E731
    assert_same_queries(lambda: client.get(reverse(INBOX)), grow, at_most=10)
