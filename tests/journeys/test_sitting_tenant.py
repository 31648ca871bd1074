"""A landlord refers a tenant who is about to lose the home: support, a hearing, a move, an end, a knock, and back again.

Everything through pages; what one person did is read back by another.
"""

from datetime import timedelta

import pytest

from tests.factories import real_today
from tests.journeys.hands import Hands

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ZOE = "Zoë Vlaeminck"


def landlord_refers(hilde):
    """A landlord is asked about the tenancy, never about health (P7)."""
    hilde.open("/portal/").follow("/referrals/new/")
    hilde.fill(track="sitting").press()
    hilde.fill(given_name="Zoë", family_name="Vlaeminck", birth_on="3/4/1985").press()
    hilde.fill(dwelling_address="Langestraat 9", threats=["arrears"], registered="yes").press()
    assert not hilde.page.locator("[name^=mental_health], [name^=addiction], [name^=justice]").count()
    hilde.fill(support_need="De post en de buren.", informed="yes").press()
    hilde.reads("Vlaeminck").press()


def partners_accept(an, today):
    an.open("/intervision/plan/").fill(on=today, place="OCMW, zaal 2").press()
    an.find(ZOE).follow("/put-on/").fill(meeting=str(today.day)).press()
    an.find(ZOE).follow("/intervision/pathway/[0-9a-f-]+/").follow("/intervision/item/[0-9a-f-]+/")
    decide = "main form[action$='/decide/'] button.button--main:visible"
    an.fill(decision="accept", motive="Past bij de doelgroep.", motive_for_referrer="Welkom, we bellen u.").press(
        decide
    )


def support_starts(an, today):
    an.find(ZOE).follow("/support/start/[0-9a-f-]+/")
    an.fill(starts_on=today, months="6", worker="Ruben Desmet", agreement_on=today).press()


def a_hearing_is_noted(ruben, today):
    ruben.find(ZOE).follow("/support/of/[0-9a-f-]+/").follow("/threats/new/").fill(
        kind="arrears", amount="850,50"
    ).press()
    ruben.find(ZOE).follow("/support/of/[0-9a-f-]+/").follow("/eviction/new/")
    ruben.fill(
        kind="hearing", on=today + timedelta(days=4), note="Het afbetalingsplan moet vooraf binnen zijn."
    ).press()
    ruben.open("/day/").reads(ZOE, "zitting", "over 4 dagen")


def she_moves_and_support_goes_along(ruben, today):
    ruben.find(ZOE).follow("/support/of/[0-9a-f-]+/").follow("/move/")
    ruben.fill(on=today, address="Ezelstraat 12", owner="De Reie").press()
    ruben.find(ZOE).reads("Ezelstraat 12", "maand 1 van 6")


def support_ends(ruben, an, today):
    ruben.find(ZOE).follow("/support/of/[0-9a-f-]+/").follow("/terms/[0-9a-f-]+/end/")
    ruben.fill(on=today, how="goals_reached").press()
    an.find(ZOE).follow("/aftercare/of/[0-9a-f-]+/start/").fill(anchor="Ruben Desmet").press()


def the_landlord_knocks(an, ruben, today):
    an.find(ZOE).follow("/aftercare/of/[0-9a-f-]+/").follow("/knock/")
    an.fill(on=today, who="Hilde Sys", what="Twee brieven bleven zonder antwoord.").press()
    ruben.open("/day/").reads(ZOE, "Hilde Sys")


def back_to_support(an, today):
    an.find(ZOE).follow("/aftercare/of/[0-9a-f-]+/").follow("/back/")
    an.fill(starts_on=today + timedelta(days=1), months="6", worker="Ruben Desmet", agreement_on=today).press()


def test_a_sitting_tenant_keeps_a_home(open_page, demo, sign_in):
    today = real_today()
    hilde, an, ruben = (Hands(sign_in(open_page(), key)) for key in ("hilde", "an", "ruben"))
    landlord_refers(hilde)
    an.open("/referrals/").reads(ZOE)
    partners_accept(an, today)
    hilde.open("/portal/").reads(ZOE, "Welkom, we bellen u.")
    support_starts(an, today)
    a_hearing_is_noted(ruben, today)
    an.find(ZOE).reads("zitting")
    she_moves_and_support_goes_along(ruben, today)
    support_ends(ruben, an, today)
    the_landlord_knocks(an, ruben, today)
    back_to_support(an, today)
    ruben.find(ZOE).reads("Zittende huurder", "Ruben Desmet")
    hilde.open("/portal/").reads(ZOE).does_not_read("Het afbetalingsplan moet vooraf binnen zijn.")
