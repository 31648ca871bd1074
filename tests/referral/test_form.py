"""The form: short steps that are kept as one types; eight answers are enough; housing partners are asked no care."""

from uuid import uuid4

import pytest
from django.urls import reverse

from intrek.ground.people.models import Consent, Residence
from intrek.story.referral.models import Referral
from tests.factories import member, organisation, person
from tests.referral.made import housing, referral

pytestmark = pytest.mark.django_db
NO_ROWS = {"residences-TOTAL_FORMS": "1", "residences-INITIAL_FORMS": "0"}
EIGHT = {
    "referrer": {"track": "trial"},
    "person": {"given_name": "Tine", "family_name": "Verlinde", "birth_unknown": "on"},
    "housing": {"registered": "unknown"} | NO_ROWS,
    "health": {"mental_health": "suspected"},
    "support": {"informed": "unknown"},
}
OF_HOUSING = {key: value for key, value in EIGHT.items() if key != "health"} | {
    "support": {"informed": "yes", "support_need": "Papieren en buren."}
}


def address(draft, step):
    return reverse("referral:check", args=[draft]) if step == "check" else reverse("referral:step", args=[draft, step])


def fill(client, steps, draft=None):
    """Type each step and go on, as without a script; the draft's id comes back."""
    draft = draft or uuid4()
    for step, answers in steps.items():
        sent = client.post(address(draft, step), answers | {"_to": "next"})
        assert sent.status_code == 302, sent.content.decode()
    return draft


def hand_in(client, draft):
    return client.post(address(draft, "check"), follow=True)


def test_eight_answers_are_enough_and_unknown_stays_unknown(sign_in):
    client = sign_in(member("referrer"))
    page = hand_in(client, fill(client, EIGHT))
    made = Referral.objects.get()
    assert made.pathway.number in page.content.decode()
    assert (made.care.mental_health, made.repeated_housing, made.informed) == ("suspected", "unknown", "unknown")
    assert made.pathway.person.birth_on is None


@pytest.mark.parametrize(
    ("step", "left_out"),
    [
        ("referrer", "track"),
        ("person", "given_name"),
        ("person", "family_name"),
        ("person", "birth_unknown"),
        ("housing", "registered"),
        ("health", "mental_health"),
        ("support", "informed"),
    ],
)
def test_each_of_the_needed_answers_is_asked_for_and_nothing_is_made_without_it(sign_in, step, left_out):
    client = sign_in(member("referrer"))
    draft = fill(client, {key: value for key, value in EIGHT.items() if key != step})
    answers = {key: value for key, value in EIGHT[step].items() if key != left_out}
    assert client.post(address(draft, step), answers | {"_to": "next"}).status_code == 200
    assert hand_in(client, draft).status_code == 200
    assert not Referral.objects.exists()


def test_what_was_typed_survives_signing_out_and_is_offered_again(sign_in):
    by = member("referrer")
    client = sign_in(by)
    draft = fill(client, {"referrer": EIGHT["referrer"], "person": EIGHT["person"]})
    client.logout()
    again = sign_in(by)
    assert "Tine Verlinde" in again.get(reverse("referral:new")).content.decode()
    assert 'value="Verlinde"' in again.get(address(draft, "person")).content.decode()


def test_nobody_else_sees_what_somebody_is_typing(sign_in):
    draft = fill(sign_in(member("referrer")), {"referrer": EIGHT["referrer"], "person": EIGHT["person"]})
    other = sign_in(member("referrer"))
    assert "Verlinde" not in other.get(address(draft, "person")).content.decode()


def test_going_back_or_later_keeps_even_what_is_wrong(sign_in):
    client, draft = sign_in(member("referrer")), uuid4()
    for to in ("previous", "later"):
        assert client.post(address(draft, "person"), {"birth_on": "31/2/1980", "_to": to}).status_code == 302
    assert "31/2/1980" in client.get(address(draft, "person")).content.decode()


def test_handed_in_twice_it_is_kept_once_and_the_draft_is_gone(sign_in):
    client = sign_in(member("referrer"))
    draft = fill(client, EIGHT)
    hand_in(client, draft)
    fill(client, EIGHT, draft)
    hand_in(client, draft)
    assert Referral.objects.count() == 1
    assert client.get(reverse("referral:new")).status_code == 302


def test_a_housing_partner_has_no_health_step_and_sent_anyway_it_is_not_read(sign_in):
    client = sign_in(member("housing_officer"))
    draft = fill(client, OF_HOUSING)
    assert client.get(address(draft, "health")).status_code == 404
    assert client.post(address(draft, "health"), {"mental_health": "diagnosed", "_to": "next"}).status_code == 404
    smuggled = OF_HOUSING["support"] | {"mental_health": "diagnosed", "addiction_note": "Geheim"}
    fill(client, {"support": smuggled}, draft)
    hand_in(client, draft)
    made = Referral.objects.get()
    assert made.care.mental_health == "unknown"
    assert "Geheim" not in str(made.said) + made.care.addiction_note


def test_a_housing_partner_says_what_support_is_needed(sign_in):
    client = sign_in(member("housing_officer"))
    draft = fill(client, {key: value for key, value in OF_HOUSING.items() if key != "support"})
    sent = client.post(address(draft, "support"), {"informed": "yes", "_to": "next"})
    assert sent.context["form"].errors.keys() == {"support_need"}


def test_a_row_is_added_without_a_script_and_imprecise_overlapping_periods_are_kept(sign_in):
    client = sign_in(member("referrer"))
    draft = fill(client, EIGHT)
    row = {"residences-0-since": "2024", "residences-0-until": "onbekend", "residences-0-municipality": "Izegem"}
    more = client.post(address(draft, "housing"), EIGHT["housing"] | row | {"_more": "residences"}).content.decode()
    assert 'name="residences-1-since"' in more
    second = {"residences-1-since": "maart 2024", "residences-1-municipality": "Brugge", "residences-1-domicile": "yes"}
    fill(client, {"housing": EIGHT["housing"] | row | second | {"residences-TOTAL_FORMS": "2"}}, draft)
    hand_in(client, draft)
    izegem, brugge = Residence.objects.order_by("-municipality")
    assert (izegem.from_earliest.year, izegem.until_latest, izegem.still_there) == (2024, None, False)
    assert (brugge.from_earliest.isoformat(), brugge.still_there) == ("2024-03-01", True)


def test_a_sitting_tenant_is_asked_about_the_tenancy_and_a_trial_resident_is_not(sign_in):
    client, landlord = sign_in(member("referrer")), housing()
    draft = fill(client, EIGHT | {"referrer": {"track": "sitting"}})
    told = {"landlord": str(landlord.pk), "dwelling_address": "Langestraat 5", "threats": ["nuisance", "arrears"]}
    fill(client, {"housing": EIGHT["housing"] | told}, draft)
    hand_in(client, draft)
    made = Referral.objects.get()
    assert (made.landlord, made.threats, made.track.kind) == (landlord, ["arrears", "nuisance"], "sitting")
    trial = fill(client, {"referrer": {"track": "trial"}})
    assert "dwelling_address" not in client.get(address(trial, "housing")).content.decode()


def test_typed_on_behalf_of_a_partner_its_own_referrer_hears(sign_in):
    partner, client = organisation("CGG"), sign_in(member("support_worker"))
    on_behalf = {"track": "trial", "organisation": str(partner.pk), "referrer_name": "Lies Boone"}
    hand_in(client, fill(client, EIGHT | {"referrer": on_behalf}))
    made = Referral.objects.get()
    assert (made.organisation, made.referrer.name, made.referrer.organisation) == (partner, "Lies Boone", partner)
    assert made.typed_by is not None


def test_on_behalf_of_a_housing_partner_no_care_is_asked_either(sign_in):
    client, landlord = sign_in(member("coordinator")), housing()
    draft = fill(client, {"referrer": {"track": "trial", "organisation": str(landlord.pk)}})
    assert client.get(address(draft, "health")).status_code == 404


def test_a_referrer_cannot_refer_on_behalf_of_another(sign_in):
    client, other = sign_in(member("referrer")), organisation("CGG")
    hand_in(client, fill(client, EIGHT | {"referrer": {"track": "trial", "organisation": str(other.pk)}}))
    assert Referral.objects.get().organisation.name == "CAW RegioBrugge"


def test_agreement_is_kept_only_when_it_was_given(sign_in):
    client = sign_in(member("referrer"))
    for informed in ("no", "yes"):
        hand_in(client, fill(client, EIGHT | {"support": {"informed": informed, "consent_on": "3/3/2024"}}))
    assert [each.given_on.isoformat() for each in Consent.objects.order_by("pk")] == ["2024-03-03"]


def test_bad_answers_are_refused_in_words_all_at_once(sign_in):
    client, draft = sign_in(member("referrer")), uuid4()
    bad = {"birth_on": "3/3/2999", "register_number": "85.07.30-033.29", "_to": "next"}
    errors = client.post(address(draft, "person"), bad).context["form"].errors
    assert errors.keys() == {"given_name", "family_name", "birth_on", "register_number"}
    row = {"residences-0-since": "5/5/2025", "residences-0-until": "3/3/2024"}
    sent = client.post(address(draft, "housing"), EIGHT["housing"] | row | {"_to": "next"})
    assert sent.context["form"].row_sets["residences"].forms[0].errors.keys() == {"until"}


def test_the_check_page_tells_only_of_referrals_of_ones_own_organisation(sign_in):
    by = member("referrer")
    client, name = sign_in(by), {"given_name": "Tine", "family_name": "Verlinde"}
    own = referral(person(**name), by=by)
    other = referral(person(**name), by=member("referrer", at=organisation("CGG")))
    page = client.get(address(fill(client, EIGHT), "check")).content.decode()
    assert str(own.pathway_id) in page
    assert str(other.pathway_id) not in page


def test_thrown_away_nothing_of_it_stays(sign_in):
    client = sign_in(member("referrer"))
    draft = fill(client, EIGHT)
    client.post(reverse("referral:throw_away", args=[draft]))
    assert "Verlinde" not in client.get(address(draft, "person")).content.decode()


@pytest.mark.parametrize("role", ["steering_member", "protection_officer", "administrator"])
def test_who_may_not_refer_finds_no_form(sign_in, role):
    assert sign_in(member(role)).get(reverse("referral:new")).status_code == 404


def test_what_is_not_touched_in_a_new_row_is_unknown_and_not_the_first_of_a_list(sign_in):
    client = sign_in(member("referrer"))
    draft = fill(client, EIGHT)
    row = {"residences-0-municipality": "Izegem", "_more": "residences"}
    rows = client.post(address(draft, "housing"), EIGHT["housing"] | row).context["form"].row_sets["residences"]
    assert [form.fields["kind"].choices[0][0] for form in rows.forms] == ["unknown", "unknown"]
