"""What steering group or coordinator tells all referrers, a sector, or an organisation."""

import pytest
from django.urls import reverse

from intrek.ground.common.refusals import Refused
from intrek.ground.partners.models import Sector
from intrek.ground.post.actions import announce, withdraw_announcement
from intrek.ground.post.models import Announcement, Message
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(today):
    return factories.member("coordinator").standing_on(today)


@pytest.fixture
def partners(coordinator):
    housing = factories.organisation("Vivendo", sector=Sector.HOUSING)
    return [factories.member("referrer"), factories.member("housing_officer", housing)]


def announced(by, **facts):
    return announce(**{"title": "Nieuwe datum", "text": "Het is op 3 maart.", "on": by.on, "by": by} | facts)


def test_all_partners_a_sector_or_one_organisation_find_it_in_their_inbox(coordinator, partners):
    def readers(**facts):
        made = announced(coordinator, **facts)
        return set(made.messages.values_list("to__name", flat=True))

    referrer, landlord = (each.contact.name for each in partners)
    assert readers() == {referrer, landlord}
    assert readers(sector=Sector.HOUSING) == {landlord}
    assert readers(organisation=partners[0].organisation) == {referrer}


def test_an_announcement_without_words_or_without_readers_is_refused_with_every_reason(coordinator):
    with pytest.raises(Refused) as refused:
        announced(coordinator, title=" ", text="", sector=Sector.HOUSING)
    assert [each.code.value for each in refused.value.reasons] == ["no_title", "no_text", "nobody"]
    assert not Announcement.objects.exists()


def test_the_list_counts_who_has_not_read_it_and_the_page_names_them(coordinator, partners, sign_in):
    made = announced(coordinator)
    sign_in(partners[0]).post(reverse("post:read_all"))
    client = sign_in(coordinator)
    assert "1 van 2" in client.get(reverse("post:announcements")).content.decode()
    page = client.get(reverse("post:announcement", args=[made.pk])).content.decode()
    assert partners[1].contact.name in page
    assert partners[0].contact.name not in page


def test_a_withdrawn_announcement_stands_in_no_inbox_and_is_withdrawn_once(coordinator, partners, sign_in):
    made = announced(coordinator)
    inbox = reverse("post:inbox")
    assert "Het is op 3 maart." in sign_in(partners[0]).get(inbox).content.decode()
    sign_in(coordinator).post(reverse("post:withdraw", args=[made.pk]))
    assert "Het is op 3 maart." not in sign_in(partners[0]).get(inbox).content.decode()
    made.refresh_from_db()
    with pytest.raises(Refused):
        withdraw_announcement(made, on=coordinator.on)


def test_the_steering_group_announces_on_a_page_and_a_referrer_does_not(partners, sign_in):
    page = reverse("post:announce")
    answers = {"title": "Nieuwe datum", "text": "Op 3 maart.", "sector": "", "organisation": ""}
    assert sign_in(partners[0]).post(page, answers).status_code == 404
    assert sign_in(factories.member("steering_member")).post(page, answers).status_code == 302
    assert Message.objects.count() == 2


def test_nothing_is_announced_in_another_programme(coordinator, partners):
    elsewhere = factories.member("referrer", programme=factories.second_programme())
    made = announced(coordinator)
    assert elsewhere.contact_id not in set(made.messages.values_list("to", flat=True))


def test_the_list_takes_no_more_queries_for_many(coordinator, partners, sign_in, assert_same_queries):
    announced(coordinator)
    client = sign_in(coordinator)
    page = reverse("post:announcements")
    assert_same_queries(lambda: client.get(page), lambda: [announced(coordinator) for _each in range(29)], at_most=10)
