"""What is shared with a partner: on a basis, under a protocol, never care to who keeps no secrecy, closed on the next request (P7)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.access.actions import end_grants, grant, share, withdraw_share
from intrek.ground.access.models import Category, Grant, Ground, Share
from intrek.ground.access.policy import CARE, EVERYTHING, PARTNER_READS, readable
from intrek.ground.access.queries import categories_of, sights_of
from intrek.ground.access.rules import Reason
from intrek.ground.common.refusals import Refused
from intrek.ground.partners.actions import end_protocol, note_protocol
from intrek.ground.partners.models import ProtocolKind, Role, Sector
from intrek.ground.partners.rules import Reason as PartnerReason
from tests.factories import member, organisation, pathway, person, real_today
from tests.referral.made import referral

pytestmark = pytest.mark.django_db
TODAY = real_today()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
KINDS = [Category.PROGRESS, Category.HEALTH]
FILE, LIST = "portal:shared_file", "portal:shared"


def partner(name="AZ St. Jan Brugge", *, bound=True, protocol=True, **facts):
    """A partner that may receive: bound by secrecy, with a protocol."""
    made = organisation(name, **facts)
    made.bound_by_secrecy = bound
    made.save()
    if protocol and not made.protocols.exists():
        note_protocol(made, ProtocolKind.SIGNED, from_on=TODAY - timedelta(days=90), by=None)
    return made


def somebody_of(hospital, *, bound=True, role="referrer"):
    made = member(role, hospital)
    made.contact.bound_by_secrecy = bound
    made.contact.save()
    return made


def shared(made, receiver, kinds=KINDS, **told):
    usual = {"agreed_on": TODAY, "purpose": "Samen opvolgen", "from_on": TODAY, "until_on": TOMORROW, "on": TODAY}
    return share(made.pk, receiver, categories=kinds, by=None, **usual | told)


@pytest.fixture
def made():
    return referral(person("Wannes", "Zwartjas"), by=member("referrer", organisation("de Sleutel"))).pathway


def reasons(found):
    return [each.code for each in found.value.reasons]


def test_a_share_that_lacks_everything_is_refused_with_every_reason(made):
    landlord = organisation("Vivendo", sector=Sector.HOUSING)
    nothing = {"agreed_on": None, "purpose": " ", "until_on": None}
    with pytest.raises(Refused) as found:
        shared(made, landlord, [Category.HEALTH], **nothing)
    assert reasons(found) == [
        Reason.NO_PROTOCOL,
        Reason.CARE_TO_HOUSING,
        Reason.NO_PURPOSE,
        Reason.NO_AGREEMENT,
        Reason.NO_END,
    ]
    assert not Share.objects.filter(pathway_id=made.pk).exists()


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"basis": "legal"}, Reason.NO_LEGAL_GROUND),
        ({"from_on": YESTERDAY}, Reason.AGREED_LATER),
        ({"until_on": YESTERDAY}, Reason.ENDS_BEFORE_START),
        ({"kinds": []}, Reason.NO_CATEGORY),
    ],
)
def test_each_thing_that_lacks_is_a_reason_of_its_own(made, told, reason):
    with pytest.raises(Refused) as found:
        shared(made, partner(), **told)
    assert reasons(found) == [reason]


def test_care_goes_neither_to_an_organisation_nor_to_a_function_that_keeps_no_secrecy(made):
    unbound, hospital = partner("De Poort", bound=False), partner()
    colleague = somebody_of(hospital, bound=False).contact
    with pytest.raises(Refused) as by_organisation:
        shared(made, unbound)
    with pytest.raises(Refused) as by_function:
        shared(made, hospital, contact=colleague)
    assert (reasons(by_organisation), reasons(by_function)) == ([Reason.CARE_TO_UNBOUND], [Reason.CARE_TO_FUNCTION])
    shared(made, unbound, [Category.PROGRESS])


def test_one_of_another_partner_and_a_partner_that_left_receive_nothing(made):
    hospital, stranger = partner(), member("referrer", organisation("de Sleutel")).contact
    hospital.until_on = YESTERDAY
    with pytest.raises(Refused) as found:
        shared(made, hospital, [Category.PROGRESS], contact=stranger)
    assert reasons(found) == [Reason.PARTNER_ENDED, Reason.NOT_OF_PARTNER]


def test_what_is_shared_is_what_was_chosen_with_the_name(made):
    hospital = partner()
    ilse = somebody_of(hospital)
    shared(made, hospital)
    assert categories_of(ilse, made.pk) == {"identity", "progress", "health"}
    assert categories_of(ilse.standing_on(TOMORROW + timedelta(days=1)), made.pk) == set()


def test_whoever_keeps_no_secrecy_reads_no_care_of_what_the_organisation_was_told(made):
    hospital = partner()
    shared(made, hospital)
    assert categories_of(somebody_of(hospital, bound=False), made.pk) == {"identity", "progress"}


def test_secrecy_that_no_longer_binds_closes_care_on_the_next_request(made):
    hospital = partner()
    ilse = somebody_of(hospital)
    shared(made, hospital)
    hospital.bound_by_secrecy = False
    hospital.save()
    assert categories_of(type(ilse).objects.get(pk=ilse.pk).standing_on(TODAY), made.pk) == {"identity", "progress"}


@pytest.mark.parametrize("ground", [Ground.SHARE, Ground.MEETING, Ground.OWN_REFERRAL, Ground.OWN_DWELLING])
def test_a_housing_officer_reads_no_care_whatever_was_ticked(made, ground):
    landlord = partner("Vivendo", sector=Sector.HOUSING)
    own = {"programme_id": made.programme_id, "pathway_id": made.pk, "organisation": landlord}
    Grant.objects.create(**own, ground=ground, categories=Category.values, from_on=TODAY)
    held = categories_of(somebody_of(landlord, role="housing_officer"), made.pk)
    assert held
    assert not held & {each.value for each in CARE}


def test_no_line_of_the_policy_opens_care_to_a_housing_officer():
    for (role, ground), opened in PARTNER_READS.items():
        assert opened <= EVERYTHING
        assert role != Role.HOUSING_OFFICER or not readable(role, ground, bound=True) & CARE


def test_the_file_shows_what_is_shared_and_closes_on_the_next_request_when_it_is_taken_back(made, sign_in):
    hospital = partner()
    ilse = somebody_of(hospital)
    given = shared(made, hospital)
    client, address = sign_in(ilse), reverse(FILE, args=[made.pk])
    assert "Zwartjas" in client.get(address).content.decode()
    assert "Zwartjas" in client.get(reverse(LIST)).content.decode()
    withdraw_share(given, withdrawn_on=TODAY, by=None)
    assert client.get(address).status_code == 404
    assert "Zwartjas" not in client.get(reverse(LIST)).content.decode()


def test_the_file_closes_the_day_after_the_protocol_ends(made, sign_in):
    hospital = partner()
    ilse = somebody_of(hospital)
    shared(made, hospital)
    end_protocol(hospital.protocols.get(), last_day=YESTERDAY, by=None)
    assert sign_in(ilse).get(reverse(FILE, args=[made.pk])).status_code == 404
    assert categories_of(ilse, made.pk) == set()


def test_what_is_shared_opens_no_page_of_what_is_own(made, sign_in):
    hospital = partner()
    ilse = somebody_of(hospital)
    shared(made, hospital, [Category.REFERRAL, Category.PROGRESS])
    client = sign_in(ilse)
    assert client.get(reverse("referral:of_pathway", args=[made.pk])).status_code == 404
    assert "Zwartjas" not in client.get(reverse("portal:home")).content.decode()


def test_a_landlord_with_whom_the_referral_is_shared_reads_it_on_the_page_of_what_is_shared_alone(made, sign_in):
    landlord = partner("Vivendo", sector=Sector.HOUSING)
    grant(made.pk, landlord, ground=Ground.OWN_DWELLING, categories=[Category.TENANCY], from_on=TODAY)
    shared(made, landlord, [Category.REFERRAL])
    client = sign_in(member("housing_officer", landlord))
    assert client.get(reverse("referral:of_pathway", args=[made.pk])).status_code == 404
    assert client.get(reverse(FILE, args=[made.pk])).status_code == 200


def test_a_referral_of_which_ones_sight_ended_does_not_come_back_through_a_share(made, sign_in):
    own = made.referred_by
    note_protocol(own, ProtocolKind.SIGNED, from_on=YESTERDAY, by=None)
    end_grants(made.pk, own, ground=Ground.OWN_REFERRAL, last_day=YESTERDAY)
    shared(made, own, [Category.PROGRESS])
    client = sign_in(member("referrer", own))
    assert "Zwartjas" not in client.get(reverse("portal:home")).content.decode()
    assert "Zwartjas" in client.get(reverse(LIST)).content.decode()


def test_the_sight_of_ones_own_referral_survives_a_share_that_is_taken_back(made):
    own = made.referred_by
    note_protocol(own, ProtocolKind.SIGNED, from_on=YESTERDAY, by=None)
    before = categories_of(member("referrer", own), made.pk)
    withdraw_share(shared(made, own, [Category.TENANCY]), withdrawn_on=TODAY, by=None)
    assert categories_of(member("referrer", own), made.pk) == before != set()


def test_it_is_taken_back_once_and_not_before_it_began(made):
    given = shared(made, partner(), [Category.PROGRESS])
    with pytest.raises(Refused) as early:
        withdraw_share(given, withdrawn_on=YESTERDAY, by=None)
    withdraw_share(given, withdrawn_on=TODAY, by=None)
    with pytest.raises(Refused) as again:
        withdraw_share(given, withdrawn_on=TODAY, by=None)
    assert (reasons(early), reasons(again)) == ([Reason.BEFORE_START], [Reason.TAKEN_BACK])


def test_a_protocol_that_is_not_needed_has_a_reason_and_a_judge():
    de_poort = organisation("De Poort")
    with pytest.raises(Refused) as found:
        note_protocol(de_poort, ProtocolKind.NOT_NEEDED, from_on=TODAY, until_on=YESTERDAY, by=None)
    assert reasons(found) == [PartnerReason.NO_REASON, PartnerReason.NO_JUDGE, PartnerReason.ENDS_BEFORE_START]
    told = {"reason": "Zelfde rechtspersoon", "judged_by": "de functionaris"}
    note_protocol(de_poort, ProtocolKind.NOT_NEEDED, from_on=TODAY, by=None, **told)
    with pytest.raises(Refused) as twice:
        note_protocol(de_poort, ProtocolKind.SIGNED, from_on=TODAY, by=None)
    assert reasons(twice) == [PartnerReason.PROTOCOL_HELD]


def test_the_page_of_who_sees_what_says_what_each_partner_reads(made):
    hospital = partner()
    ilse = somebody_of(hospital)
    shared(made, hospital, contact=ilse.contact)
    told = {each.who: each.ground for each in sights_of(made.pk, made.programme_id, TODAY)}
    assert told == {"de Sleutel": Ground.OWN_REFERRAL.label, f"{ilse.contact} (AZ St. Jan Brugge)": Ground.SHARE.label}


def test_the_list_of_what_is_shared_costs_the_same_with_one_and_with_thirty(
    made, sign_in, django_assert_max_num_queries
):
    hospital = partner()
    ilse = somebody_of(hospital)
    shared(made, hospital)
    client = sign_in(ilse)
    client.get(reverse(LIST))  # the first page of a session asks how long a screen may be left alone
    with django_assert_max_num_queries(10) as one:
        client.get(reverse(LIST))
    for _ in range(29):
        shared(pathway(of=person(), referred_by=made.referred_by), hospital)
    with django_assert_max_num_queries(10) as thirty:
        page = client.get(reverse(LIST))
    assert (len(page.context["rows"]), len(thirty)) == (30, len(one))
