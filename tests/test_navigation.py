"""Everyone finds the way to what is theirs, and to nothing else."""

import pytest
from django.urls import NoReverseMatch, resolve, reverse

from config.navigation import IN_THE_BAR, PARTS, UNDER_THE_THUMB, items
from intrek.ground.access.policy import PERMISSIONS, STARTS, permissions_of
from intrek.ground.partners.models import Role
from tests import factories


@pytest.mark.parametrize("name", [part.name for part in PARTS] + sorted(set(STARTS.values())))
def test_every_part_has_a_page(name):
    assert resolve(reverse(name)).view_name == name


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_part_asks_what_its_page_asks(part):
    assert part.permission in PERMISSIONS
    assert resolve(reverse(part.name)).func.permission == part.permission


@pytest.mark.parametrize("role", Role.values)
def test_each_role_starts_on_a_page_that_is_open_to_it(role):
    try:
        permission = resolve(reverse(STARTS[Role(role)])).func.permission
    except NoReverseMatch:
        pytest.fail(f"{role} has no start page")
    assert permission in permissions_of(role)


@pytest.mark.parametrize("role", Role.values)
def test_the_bar_and_the_thumb_hold_what_fits(role):
    parts = items(permissions_of(role), "programmes:for_whom")
    assert len([item for item in parts if item.in_bar]) <= IN_THE_BAR
    assert 1 <= len([item for item in parts if item.narrow]) <= UNDER_THE_THUMB
    assert [str(item.url) for item in parts if item.current] == [reverse("programmes:for_whom")]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_nobody_is_shown_a_part_that_is_closed_to_them(role, sign_in):
    page = sign_in(factories.member(role)).get(reverse("programmes:for_whom")).content.decode()
    closed = [part for part in PARTS if part.permission not in permissions_of(role)]
    assert [part.name for part in closed if f'href="{reverse(part.name)}"' in page] == []


@pytest.mark.django_db
def test_a_page_inside_a_room_stands_under_its_part(sign_in):
    page = sign_in(factories.member("administrator")).get(reverse("programmes:change_rule")).content.decode()
    assert f'href="{reverse("programmes:settings")}" aria-current="page"' in page
