"""Every page, knocked at by everybody: what is not theirs does not exist for them (P7).

A word of its own stands in every text of every row (`canaries`), in two programmes that hold the same story (`story`). Every
address (`walk`) is asked by every role in every relation (`readers`). A new page is walked without a word here; an argument
that nobody can fill fails.
"""

import logging
from collections import defaultdict
from functools import cached_property

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm, ModelMultipleChoiceField, MultipleChoiceField
from django.http import HttpResponse

from config import urls
from intrek.ground.journal.models import Look
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.actions import install_definition
from tests.access.canaries import Aviary, tables, text_fields
from tests.access.readers import NAMES, readers_of
from tests.access.story import tell
from tests.access.walk import Atlas, every_page, lists_of

pytestmark = pytest.mark.django_db

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


class World:
    """Two programmes with the same story, and everybody who knocks."""

    def __init__(self):
        self.here = tell(install_definition("brugge"))
        self.elsewhere = tell(install_definition("brugge", under="elders"))
        self.readers = readers_of(self.here, self.elsewhere)
        self.aviary = Aviary()
        self.aviary.settle()
        self.atlases = [Atlas(self.here.programme), Atlas(self.elsewhere.programme)]
        self.pages = list(every_page())
        self.read, self.unrecorded = defaultdict(set), set()
        self.looks = set(Look.objects.order_by("pk").values_list("pk", flat=True))

    def addresses(self, reader):
        """What this reader asks: of each page whether it is theirs, and its addresses; one where others would be answered alike."""
        for page in self.pages:
            held = reader.holds(page.permission)
            for atlas in self.atlases if held else self.atlases[: reader.speaks_for_role]:
                for count, (url, rows) in enumerate(atlas.addresses(page)):
                    if count and (not held or reader.is_staff):
                        break
                    yield page, url, rows, held and all(reader.may_reach(row, page.name) for row in rows)

    def knock(self, reader):
        """What stood open, or was read, that should not be: in words."""
        found = set()
        for page, url, rows, mine in self.addresses(reader):
            if mine and rows and reader.is_staff:
                continue  # the same for all of the team: read once, in ``team_pages``
            asked = lists_of(url) if mine and not rows else [url]
            found |= {f"{page.name} {fault}" for each in asked for fault in self.faults(reader, each, page, mine)}
        return sorted(found)

    @cached_property
    def team_pages(self):
        """The pages about a person as the team reads them: the name of each, the texts on it, its forms."""
        an, read = self.readers["an"], []
        for page, url, rows, mine in self.addresses(an):
            if mine and rows:
                answer = an.client.get(url)
                heard = self.aviary.heard_in(answer, asked=url)
                read.append((page.name, heard, forms_in(answer)))
                self.unrecorded |= {f"{page.name} {fault}" for fault in self.unrecorded_in(an, heard)}
        return read

    def read_by(self, name):
        """All that somebody reads on their own pages."""
        if name not in self.read:
            self.knock(self.readers[name])
        return self.read[name]

    def faults(self, reader, url, page, mine):
        """What is wrong at one address."""
        sends = reader.speaks_for_role and reader.holds(page.permission)
        return self.foreign_in(reader, url) if mine else set(self.standing_open(reader, url, sends=sends))

    def foreign_in(self, reader, url):
        """The texts on a page that are not this reader's."""
        heard = self.aviary.heard_in(reader.client.get(url), asked=url)
        self.read[reader.name] |= {each.name for each in heard}
        return {f"tells {each.name}" for each in heard if not reader.may_read(each)} | self.unrecorded_in(reader, heard)

    def unrecorded_in(self, reader, heard):
        """The texts about somebody that a page showed without a look on record, and whom the record names without cause."""
        by, told = reader.member.pk if reader.member else None, {}
        look = Look.objects.filter(member_id=by, outcome="shown").order_by("-created_at", "-pk").first()
        for each in heard:
            # Who sent a message is said also of one that is closed by now.
            told |= dict.fromkeys(each.pathway_ids if each.name != "post.Message.by_label" else (), each.name)
        fresh = look.seen if look and look.pk not in self.looks else ()
        self.looks |= {look.pk} if look else set()
        seen = {pathway_id for each in fresh for pathway_id in self.ways[each]}
        extra = [each for each in fresh if not self.ways[each] & told.keys()]
        missing = {f"shows {name} unrecorded" for pathway_id, name in told.items() if pathway_id not in seen}
        return missing | ({f"records {len(extra)} it does not show"} if extra else set())

    @cached_property
    def ways(self):
        """The pathways of every person, and each pathway's own."""
        found = defaultdict(set)
        for pathway_id, person_id in Pathway.objects.order_by("pk").values_list("pk", "person_id"):
            found[str(person_id)].add(pathway_id)
            found[str(pathway_id)].add(pathway_id)
        return found

    def standing_open(self, reader, url, *, sends):
        """Whether something answers where nothing should, asked or told."""
        answers = [reader.client.get(url)]
        if sends or answers[0].status_code == 405:
            answers.append(reader.client.post(url))
        for answer in answers:
            if answer.status_code not in {404, 405} and not _asks_to_sign_in(reader, answer):
                yield f"answers {answer.request['REQUEST_METHOD']} with {answer.status_code}"
            yield from {f"tells {each.name}" for each in self.aviary.heard_in(answer, asked=url)}


def _asks_to_sign_in(reader, answer):
    return reader.user_id is None and answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


def _not_there(request, exception):
    return HttpResponse("", status=404)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for all tests here, and taken away after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _quick_and_quiet(monkeypatch):
    """Thousands of pages are not there: no page is drawn for each, no line logged."""
    monkeypatch.setattr(urls, "handler404", _not_there, raising=False)
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


def test_every_address_can_be_filled_in_with_rows_of_both_programmes(world):
    empty = [page.name for page in world.pages for atlas in world.atlases if not list(atlas.addresses(page))]
    assert not empty, "Tell a story in tests/access/story.py with a row for these pages."


def test_there_is_a_word_in_every_text_of_every_table(world):
    settled = {each.name.partition(".said")[0] for each in world.aviary.known.values()}
    wanted = {f"{model._meta.label}.{name}" for model in tables() for name in text_fields(model)}
    assert not wanted - settled, "Tell a story in tests/access/story.py with a row for these tables."


def test_everybody_is_there(world):
    assert list(world.readers) == NAMES


@pytest.mark.parametrize("name", NAMES)
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
        ("bram", {"people.Person.family_name", "referral.Referral.said.referral.debts", "pathways.Pathway.number"}),
        (
            "hilde",
            {"dwellings.Dwelling.address", "people.Person.given_name", "referral.Referral.said.referral.threat_note"},
        ),
        ("wim", {"dwellings.Dwelling.address", "people.Person.family_name"}),
        ("greet", {"partners.Organisation.name"}),
        ("els", {"partners.Contact.name", "partners.Organisation.name"}),
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


def forms_in(answer):
    """Every form a page was drawn with."""
    found = []
    for context in answer.context or []:
        for layer in context.dicts if hasattr(context, "dicts") else [context]:
            found += [getattr(each, "form", each) for each in layer.values()]
    return list({id(each): each for each in found if isinstance(each, BaseForm)}.values())


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
