"""Every page, knocked at by everybody: what is not theirs does not exist for them (P7).

A word of its own stands in every text of every row (`canaries`), in two programmes that hold the same story (`story`). Every
address (`walk`) is asked by every role in every relation (`readers`). A new page is walked without a word here; an argument
that nobody can fill fails.
"""

import ast
import json
import logging
import os
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.forms import ModelMultipleChoiceField, MultipleChoiceField

from config import urls
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.pathways.models import Pathway
from tests.access import reference
from tests.access.canaries import tables, text_fields
from tests.access.readers import NAMES
from tests.access.world import WHOLE, World, forms_in, is_outside, not_there

LEAST_CELLS, MOST_OF_ACCESS = 4_000, 4
pytestmark = [pytest.mark.django_db, pytest.mark.together]

# A second database answers by the same policy; what it adds is a wall between programmes. So it is asked by one of the team, one of
# each kind of partner, and of elsewhere by the team and a landlord; by all others too in `make matrix`.
AT_THE_WALL = {"an", "ilse", "hilde", "an of elsewhere", "hilde of elsewhere"}
OTHERS = [] if WHOLE in os.environ else [pytest.mark.once]
# Nothing outside may name them, the team reads them: if even the team did not, the walk would prove nothing.
READ_BY_THE_TEAM = {
    "aftercare.Knock.what",
    "eligibility.Assessment.note",
    "evaluation.Evaluation.going_well",
    "evaluation.Evaluation.resident_words",
    "intervision.AgendaItem.motive",
    "intervision.AgendaItem.note",
    "journal.Entry.facts",
    "people.Person.family_name",
    "people.Person.phone",
    "people.NetworkContact.name",
    "placement.NoDomicile.reason",
    "referral.Referral.debts",
    "referral.Referral.income",
    "referral.Referral.support_need",
    "referral.ReferralCare.addiction_note",
    "referral.Referral.said.care.mental_health_note",
    "referral.ReferralCare.mental_health_note",
    "services.ServiceRequest.note",
    "support.Goal.text",
    "support.Visit.note",
}


@pytest.fixture(scope="module")
def world(made_once):
    with made_once():
        made = World()
        yield made
        if out := os.environ.get(WHOLE):
            Path(out).write_text(json.dumps(made.told()))


@pytest.fixture(autouse=True)
def _quick_and_quiet(monkeypatch):
    """Thousands of pages are not there: no page is drawn for each, no line logged."""
    monkeypatch.setattr(urls, "handler404", not_there, raising=False)
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


def test_every_address_can_be_filled_in_with_rows_of_both_programmes(world):
    empty = [page.name for page in world.pages for atlas in world.atlases if not list(atlas.addresses(page))]
    assert not empty, "Tell a story in tests/access/story.py with a row for these pages."


def test_there_is_a_word_in_every_text_of_every_table(world):
    settled = {each.name.partition(".said")[0] for each in world.aviary.known.values()}
    wanted = {f"{model._meta.label}.{name}" for model in tables() for name in text_fields(model)}
    assert not wanted - settled, "Tell a story in tests/access/story.py with a row for these tables."


@pytest.mark.once
def test_enough_is_asked_and_most_of_it_by_who_is_inside(world):
    asked = {name: sum(1 for _ in world.addresses(reader)) for name, reader in world.readers.items()}
    outside = sum(asked[name] for name in asked if is_outside(name))
    assert sum(asked.values()) >= LEAST_CELLS
    assert outside <= sum(asked.values()) / 3


def test_the_reference_knows_nothing_of_the_code_it_is_held_against():
    tree = ast.parse(Path(reference.__file__).read_text())
    named = {each.module for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    named |= {name.name for each in ast.walk(tree) if isinstance(each, ast.Import) for name in each.names}
    assert named == {"dataclasses", "datetime", "uuid"}


def test_everybody_is_there(world):
    assert list(world.readers) == NAMES


@pytest.mark.parametrize("name", [pytest.param(each, marks=[] if each in AT_THE_WALL else OTHERS) for each in NAMES])
def test_nobody_opens_or_reads_what_is_not_theirs(world, name):
    faults = world.knock(world.readers[name])
    assert not faults, "\n".join(faults)


def test_the_walk_would_hear_it(world):
    """The team reads on its pages what nobody else may: without this, silence would prove nothing."""
    heard = {each.name.partition(".facts.")[0] for _name, heard, _forms in world.team_pages for each in heard}
    heard |= {f"{each}.facts" for each in heard if each == "journal.Entry"}
    assert sorted(READ_BY_THE_TEAM - heard) == []


@pytest.mark.parametrize(
    ("name", "own"),
    [
        (
            "ilse",
            {"accounts.Draft.data.given_name", "referral.Referral.said.care.mental_health_note", "post.Message.text"},
        ),
        pytest.param(
            "bram",
            {"people.Person.family_name", "referral.Referral.said.referral.debts", "pathways.Pathway.number"},
            marks=OTHERS,
        ),
        (
            "hilde",
            {"dwellings.Dwelling.address", "people.Person.given_name", "referral.Referral.said.referral.threat_note"},
        ),
        pytest.param("wim", {"dwellings.Dwelling.address", "people.Person.family_name"}, marks=OTHERS),
        pytest.param("greet", {"partners.Organisation.name"}, marks=OTHERS),
        pytest.param("els", {"partners.Contact.name", "partners.Organisation.name"}, marks=OTHERS),
    ],
)
def test_everybody_reads_what_is_theirs(world, name, own):
    assert sorted(own - world.read_by(name)) == []


def test_the_team_reads_nothing_of_another_programme_about_anybody(world):
    an = world.readers["an"]
    found = {
        f"{name} tells {each.name}"
        for name, heard, _forms in world.team_pages
        for each in heard
        if not an.may_read(each, name)
    }
    assert sorted(found) == []


def test_whatever_the_team_is_shown_about_somebody_is_on_record(world):
    assert len(world.team_pages) > 50
    assert sorted(world.unrecorded) == []


def test_a_row_of_ones_own_opens_no_row_of_another_programme_beside_it(world):
    an, (here, elsewhere) = world.readers["an"], world.atlases
    several = [page for page in world.pages if len([each for each in page.sources() if not isinstance(each, list)]) > 1]
    asked = [(page, url) for page in several for url in here.mixed(page, elsewhere)]
    found = [f"{page.name} {fault}" for page, url in asked for fault in world.standing_open(an, url, sends=True)]
    assert len(asked) > len(several) > 4
    assert found == []


def test_no_figure_opens_rows_of_another_programme(world):
    stranger, page = (
        world.readers["an of elsewhere"],
        next(each for each in world.pages if each.name == "steering:rows"),
    )
    urls_of_figures = [url for url, _rows in world.atlases[1].addresses(page)]
    assert len(urls_of_figures) > 5
    assert {fault for url in urls_of_figures for fault in world.foreign_in(stranger, url)} == set()


def test_no_field_takes_a_row_of_another_programme(world):
    an, atlas = world.readers["an"], world.atlases[1]
    lists = (
        (page.name, forms_in(an.client.get(url))) for page, url, rows, mine in world.addresses(an) if mine and not rows
    )
    forms = [*((name, forms) for name, _heard, forms in world.team_pages), *lists]
    found = {f"{name} {field}" for name, drawn in forms for form in drawn for field in takes_foreign(form, atlas)}
    assert len(forms) > len(world.pages) / 2
    assert sorted(found) == []


def takes_foreign(form, atlas):
    """The fields that offer rows and would take one of the other programme."""
    for name, field in form.fields.items():
        for value in foreign_values(field, atlas):
            if is_taken(field, value):
                yield name


def foreign_values(field, atlas):
    """Ids of the other programme that somebody could send for this field."""
    if getattr(field, "queryset", None) is not None:
        return [str(pk) for pk, _row in atlas.rows(field.queryset.model)]
    return [str(pk) for model in (Contact, Organisation, Pathway) for pk, _row in atlas.rows(model)[:1]]


def is_taken(field, value):
    """Whether a field with rows to choose from accepts this id."""
    if not hasattr(field, "choices"):
        return False
    try:
        field.clean([value] if isinstance(field, MultipleChoiceField | ModelMultipleChoiceField) else value)
    except ValidationError:
        return False
    return True


def test_access_adds_few_queries_to_a_page(world):
    """Last, so that everybody has knocked everywhere."""
    assert len(world.access_queries) > len(world.pages) / 2
    assert {name: count for name, count in world.access_queries.items() if count > MOST_OF_ACCESS} == {}
