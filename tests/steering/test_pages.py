import pytest
from django.urls import reverse

from intrek.ground.partners.models import Role, Sector
from intrek.windows.steering.rules import MEASURES
from tests import factories
from tests.steering.stories import everything, over, way

pytestmark = pytest.mark.django_db
PAGE = "/steering/"


def signed_in(client, member):
    client.force_login(member.user)
    return client


@pytest.fixture
def steering_member():
    return factories.member(Role.STEERING_MEMBER, factories.organisation("Beschut Wonen"))


def body(client, url=PAGE):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_steering_member_sees_figures_and_no_person_and_no_way_to_one(client, steering_member):
    made = way("waiting")
    page = body(signed_in(client, steering_member))
    assert made.person.family_name not in page
    assert "/steering/rows/" not in page
    for code in MEASURES:
        assert client.get(reverse("steering:rows", args=[code])).status_code == 404


def test_a_partners_small_counts_are_a_range_for_members_outside_the_lead(client, steering_member):
    caw = factories.organisation("CAW Noord")
    for _each in range(3):
        way("new", referred_by=caw)
    assert "1–4</td>" in body(signed_in(client, steering_member)).replace("\n", "")
    lead = factories.member(Role.STEERING_MEMBER, factories.organisation("OCMW Brugge", sector=Sector.LEAD))
    assert "1–4</td>" not in body(signed_in(client, lead)).replace("\n", "")


@pytest.mark.parametrize("code", sorted(MEASURES))
def test_the_rows_behind_each_figure_open_for_the_team(client, code):
    everything()
    page = body(signed_in(client, factories.member("coordinator")), reverse("steering:rows", args=[code]))
    assert "<h1>" in page


def test_the_period_stays_in_the_address_of_the_rows(client):
    way("new")
    page = body(signed_in(client, factories.member("coordinator")), PAGE + "?from_on=1/1/2025&until_on=31/12/2025")
    assert "/steering/rows/referrals/?track=trial&amp;from_on=2025-01-01&amp;until_on=2025-12-31" in page
    assert "1 " in body(client, "/steering/rows/referrals/?track=trial&from_on=2025-01-01&until_on=2025-12-31")


def test_a_period_that_cannot_be_is_said_and_nothing_breaks(client):
    page = body(signed_in(client, factories.member("coordinator")), PAGE + "?from_on=2/1/2025&until_on=1/1/2025")
    assert "error-summary" in page


@pytest.mark.parametrize(
    "url", ["rows/nonsense/", "rows/new/?track=nonsense", "rows/new/?referrer=nonsense", "rows/new/?kept=x"]
)
def test_a_figure_that_is_none_does_not_exist(client, url):
    assert signed_in(client, factories.member("coordinator")).get(PAGE + url).status_code == 404


def test_an_outcome_opens_the_rows_behind_it(client):
    made = over("positive", "ended", how="goals_reached", kept="yes")
    page = body(signed_in(client, factories.member("coordinator")))
    url = "/steering/rows/closed/?how=goals_reached&amp;kept=yes"
    assert url in page
    assert made.person.family_name in body(client, url.replace("&amp;", "&"))


@pytest.mark.parametrize("role", [Role.REFERRER, Role.HOUSING_OFFICER, Role.PROTECTION_OFFICER, Role.ADMINISTRATOR])
def test_who_has_no_figures_to_read_finds_no_page(client, role):
    assert signed_in(client, factories.member(role)).get(PAGE).status_code == 404


def test_it_is_explained_how_each_figure_is_counted(client, steering_member):
    page = body(signed_in(client, steering_member), PAGE + "explained/")
    assert all(str(measure.label) in page for measure in MEASURES.values())


def test_the_figures_as_a_spreadsheet_hold_no_person(client, steering_member):
    way("new")
    response = signed_in(client, steering_member).get(PAGE + "?format=xlsx")
    assert response["Content-Type"].startswith("application/vnd.openxml")


def test_the_page_takes_as_many_statements_with_one_pathway_as_with_thirty(client, assert_same_queries):
    signed_in(client, factories.member("coordinator"))
    over("positive", "ended", how="goals_reached", kept="yes")
    over("positive", "ended", "sitting", how="goals_reached", kept="yes")
    grow = lambda: [everything() for _each in range(3)]  # noqa: E731
    assert_same_queries(lambda: client.get(PAGE), grow, at_most=20)


def test_the_rows_take_as_many_statements_with_one_as_with_thirty(client, assert_same_queries):
    signed_in(client, factories.member("coordinator"))
    way("new")
    url = reverse("steering:rows", args=["referrals"])
    assert_same_queries(lambda: client.get(url), lambda: [everything() for _each in range(3)], at_most=10)
