"""The pages on which is agreed what is shared, and on which the team looks with a partner's eyes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.access.models import Category, Share
from intrek.ground.access.queries import anybody_of
from intrek.ground.programmes.models import CodeList
from intrek.ground.programmes.queries import codes
from intrek.windows.portal.queries.shared import seen_by
from tests.access.test_shares import partner, shared, somebody_of
from tests.factories import member, organisation, person, real_today
from tests.referral.made import referral

pytestmark = pytest.mark.django_db
TODAY = real_today()
IN_A_MONTH = TODAY + timedelta(days=30)
AGREED = {"basis": "agreement", "agreed_on": TODAY.isoformat(), "from_on": TODAY.isoformat()}


@pytest.fixture
def made():
    known = person("Wannes", "Zwartjas", phone="+32470112233", register_number="85073003328")
    return referral(known, by=member("referrer", organisation("de Sleutel"))).pathway


@pytest.fixture
def team(sign_in):
    return sign_in(member("support_worker"))


def send(client, name, args, **told):
    address = reverse(f"people:{name}", args=args)
    return client.post(address, dict(client.get(address).context["work"].hidden) | told)


def test_what_the_person_agreed_to_is_noted_printed_and_taken_back(team, made):
    hospital = partner()
    told = AGREED | {"until_on": IN_A_MONTH.isoformat(), "purpose": "Samen opvolgen", "categories": ["progress"]}
    assert send(team, "share", [made.pk], receiver=str(hospital.pk), **told).status_code == 302
    given = Share.objects.get(pathway_id=made.pk)
    sheet = team.get(reverse("people:share_sheet", args=[made.pk, given.pk])).content.decode()
    conditions = [str(each) for each in codes(made.programme, CodeList.SHARING, on=TODAY)]
    assert len(conditions) > 4
    assert all(words in sheet for words in ["Wannes Zwartjas", "AZ St. Jan Brugge", "Samen opvolgen"])
    taken = send(team, "withdraw_share", [made.pk, given.pk], withdrawn_on=TODAY.isoformat(), why="Spijt")
    given.refresh_from_db()
    assert (taken.status_code, given.withdrawn_on, given.withdrawn_why) == (302, TODAY, "Spijt")


def test_what_lacks_is_said_all_at_once_and_nothing_is_shared(team, made):
    receiver = organisation("De Poort")
    sent = send(team, "share", [made.pk], receiver=str(receiver.pk), categories=["health"], **AGREED)
    assert set(sent.context["form"].errors) == {"receiver", "categories", "purpose", "until_on"}
    assert not Share.objects.filter(pathway_id=made.pk).exists()


def test_a_share_of_another_pathway_is_not_found_under_this_one(team, made):
    other = referral(person(), by=member("referrer", organisation("de Sleutel"))).pathway
    given = shared(other, partner(), [Category.PROGRESS])
    for name in ("share_sheet", "withdraw_share"):
        assert team.get(reverse(f"people:{name}", args=[made.pk, given.pk])).status_code == 404


def test_who_sees_what_stands_on_one_page(team, made):
    shared(made, partner())
    page = team.get(reverse("people:sharing", args=[made.pk])).content.decode()
    assert all(words in page for words in ["de Sleutel", "AZ St. Jan Brugge", "gezondheid"])


def test_the_file_shows_only_the_kinds_that_are_shared_and_never_the_register_number(sign_in, made):
    hospital = partner()
    ilse = somebody_of(hospital)
    shared(made, hospital, [Category.PROGRESS])
    page = sign_in(ilse).get(reverse("portal:shared_file", args=[made.pk])).content.decode()
    assert "Zwartjas" in page
    assert not [each for each in ("85.07.30", "85073003328", "0470 11 22 33") if each in page]


def test_the_team_sees_with_a_partners_eyes_what_that_partner_sees(team, sign_in, made):
    hospital = partner()
    ilse = somebody_of(hospital)
    shared(made, hospital, [Category.CONTACT])
    theirs = sign_in(ilse).get(reverse("portal:shared_file", args=[made.pk])).context["file"]
    seen = team.get(reverse("portal:as_seen", args=[made.pk]), {"who": str(ilse.pk)}).context["seen"]
    assert (seen.shared.row.categories, seen.shared.sections) == (theirs.row.categories, theirs.sections)
    assert (seen.told, seen.dwellings, seen.shared.line) == ([], [], None)


def test_a_partner_without_an_account_is_looked_for_too(made):
    hospital = partner()
    assert seen_by(anybody_of(hospital, TODAY), made.pk).is_nothing
    shared(made, hospital)
    assert seen_by(anybody_of(hospital, TODAY), made.pk).shared.row.categories == "identity, progress on the pathway"


def test_the_referring_partners_eyes_see_what_they_said(team, made):
    ref = member("referrer", made.referred_by)
    seen = team.get(reverse("portal:as_seen", args=[made.pk]), {"who": str(ref.pk)}).context["seen"]
    assert [each.code for each in seen.told][:2] == ["person", "contact"]


def test_nobody_looks_with_the_eyes_of_another_programme(team, made, sign_in):
    assert sign_in(member("referrer")).get(reverse("portal:as_seen", args=[made.pk])).status_code == 404
    page = team.get(reverse("portal:as_seen", args=[made.pk]), {"who": str(made.pk)})
    assert (page.status_code, page.context["seen"]) == (200, None)
