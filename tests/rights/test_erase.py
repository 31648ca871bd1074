"""Somebody is erased: nothing of them is left anywhere, the figures and the chain still hold, and no list brings them back."""

import io
import json
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from intrek.ground.accounts.actions import keep_draft
from intrek.ground.accounts.models import Draft
from intrek.ground.common.refusals import Refused
from intrek.ground.documents import store
from intrek.ground.documents.actions import attach, make_paper, take_in
from intrek.ground.documents.models import PaperFile
from intrek.ground.journal import walls
from intrek.ground.journal.models import Entry
from intrek.ground.journal.queries import timeline
from intrek.ground.journal.sealing import seal, verify
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.people.models import Forgotten, Person
from intrek.ground.programmes.actions import install_definition
from intrek.story.referral.models import Referral
from intrek.windows.exchange.models import Batch, RefusedRow
from intrek.windows.rights.actions import erase_person
from intrek.windows.rights.rules import KEPT, Reason, data_map
from intrek.windows.steering.queries.counts import figures
from tests.access.canaries import Aviary
from tests.access.story import tell
from tests.documents import hostile_files as hostile
from tests.documents.made import paper_of, signable
from tests.documents.test_uploads import sent
from tests.factories import member, pathway, person, real_today
from tests.referral.made import referral
from tests.support.made import dwelling, prepared

TODAY = real_today()
STAYS = {f"{each.label}.{name}" for each in data_map().tables for name, kind in each.fields.items() if kind in KEPT}


def closed(made):
    Pathway.objects.filter(pk=made.pk).update(stage=Stage.CLOSED, closed_on=TODAY - timedelta(days=4000))
    return Pathway.objects.get(pk=made.pk)


def erase(made):
    return erase_person(made, number=made.number, why="Op vraag.", on=TODAY, by=None)


def everything():
    """All that the database holds, as text."""
    rows = []
    for model in apps.get_models():
        rows += [str(row) for row in model._base_manager.order_by("pk").values_list()]
    return "\n".join(rows)


@pytest.mark.django_db
def test_an_open_pathway_a_wrong_number_and_no_reason_are_refused_together():
    made = pathway()
    with pytest.raises(Refused) as found:
        erase_person(made, number="2020-1", why=" ", on=TODAY, by=None)
    assert [each.code for each in found.value.reasons] == [Reason.STILL_OPEN, Reason.OTHER_NUMBER, Reason.NO_WHY]


@pytest.mark.django_db(transaction=True)
def test_no_word_of_a_person_is_left_in_any_table_nor_in_the_file_itself(settings):
    programme = tell(install_definition("brugge")).programme
    linda = Pathway.objects.get(programme=programme, person__birth_on=date(1980, 2, 17))
    aviary, counted = Aviary(), figures(programme)
    aviary.settle()
    files = list(PaperFile.objects.filter(paper__pathway=linda).values_list("name", flat=True))
    assert all(store.fetch(each) for each in files)
    hers = {f"Qz{number:06d}": each for number, each in aviary.known.items() if each.pathway_ids == {linda.pk}}
    gone = {word: each.name for word, each in hers.items() if each.name not in STAYS}
    before = everything()
    assert len(gone) > 60
    assert all(word in before for word in gone)
    erase(closed(linda))
    left = everything()
    assert sorted(name for word, name in gone.items() if word in left) == []
    assert files
    assert not {path.name for path in Path(settings.MEDIA_ROOT).rglob("*")} & set(files)
    assert figures(programme).keys() == counted.keys()
    assert figures(programme)["referrals"] == counted["referrals"]
    if connection.vendor == "sqlite":
        assert sorted(name for word, name in gone.items() if word.encode() in raw_bytes(settings)) == []


def raw_bytes(settings):
    """The database file and its journals, byte by byte."""
    connection.close()
    path = Path(settings.DATABASES["default"]["TEST"]["NAME"])
    raw = b"".join(each.read_bytes() for each in path.parent.iterdir() if each.name.startswith(path.name))
    assert len(raw) > 1_000_000
    return raw


@pytest.mark.django_db
def test_the_name_itself_stands_nowhere_any_more_not_even_on_rows_of_nobody():
    programme = tell(install_definition("brugge")).programme
    linda = Pathway.objects.get(programme=programme, person__birth_on=date(1980, 2, 17))
    words = ("Dhondt", "dhondt", linda.number)
    before = everything()
    erase(closed(linda))
    left = everything()
    assert [each for each in words if each in before] == list(words)
    assert [each for each in words if each in left] == []


@pytest.mark.django_db
def test_the_chain_of_the_record_holds_and_says_that_somebody_was_erased():
    made = closed(referral(person("Wannes", "Zwartjas")).pathway)
    seal(at=timezone.now())
    again = erase(made)
    seal(at=timezone.now())
    assert verify(at=timezone.now()).faults == []
    assert walls.standing(connection)
    (line, *_older) = timeline(made.programme_id, made.pk, person_id=made.person_id)
    assert (line.verb, again.person.name) == ("rights.erased", "erased person")


@pytest.mark.django_db
def test_what_somebody_types_about_them_and_rows_of_lists_go_too():
    made, somebody = closed(referral(person("Wannes", "Zwartjas")).pathway), member()
    batch = Batch.objects.create(programme=made.programme, file_name="lijst.csv")
    rows = {"programme": made.programme, "batch": batch, "reasons": []}
    RefusedRow.objects.create(**rows, line=1, cells=["zwartjas", "Wannes"])
    RefusedRow.objects.create(**rows, line=2, cells=["Anders", "Iemand"])
    told = {"programme_id": made.programme_id}
    keep_draft(somebody.user, f"people.edit:{made.person_id}", answers={"phone": ["0470"]}, **told)
    keep_draft(somebody.user, "referral.new:1:person", answers={"given_name": ["Wannes"], "family_name": ["Zwartjas"]}, **told)  # fmt: skip
    keep_draft(somebody.user, "referral.new:2:person", answers={"given_name": ["Wannes"]}, **told)
    erase(made)
    assert [each.line for each in RefusedRow.objects.order_by("pk")] == [2]
    assert [each.key.partition("/")[2] for each in Draft.objects.order_by("pk")] == ["referral.new:2:person"]


@pytest.mark.django_db
def test_an_old_list_does_not_bring_an_erased_person_back(tmp_path):
    sheet = Path(__file__).parents[1] / "exchange" / "aanmeldingen-brugge.xlsx"
    call_command("import_referrals", str(sheet), programme="brugge")
    made = Pathway.objects.filter(person__birth_on__isnull=False).order_by("number").first()
    name, count = made.person.name, Pathway.objects.count()
    erase(closed(made))
    call_command("import_referrals", str(sheet), programme="brugge")
    assert Pathway.objects.count() == count
    # Also a list that writes the referral otherwise.
    Referral.objects.filter(pathway=made).update(import_key="")
    call_command("import_referrals", str(sheet), programme="brugge")
    assert (Pathway.objects.count(), Forgotten.objects.count()) == (count, 1)
    assert name not in [each.name for each in Person.objects.order_by("pk")]


# ---- the pages ----


@pytest.mark.django_db
def test_a_coordinator_erases_whose_time_is_over_and_lands_on_the_list_again(sign_in):
    made, young = closed(referral(person("Wannes", "Zwartjas")).pathway), closed(pathway(of=person("Nele", "Nieuw")))
    Pathway.objects.filter(pk=young.pk).update(closed_on=TODAY)
    client = sign_in(member())
    listed = client.get(reverse("rights:review")).content.decode()
    assert ("Zwartjas" in listed, "Nieuw" in listed) == (True, False)
    address = reverse("rights:erase", args=[made.pk])
    hidden = dict(client.get(address).context["work"].hidden)
    answer = client.post(address, hidden | {"number": made.number, "why": "Termijn voorbij"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("rights:review")
    assert "Zwartjas" not in answer.content.decode()
    assert not Person.objects.filter(family_name="Zwartjas").exists()


@pytest.mark.django_db
def test_the_person_is_given_everything_to_read_and_as_a_file(sign_in):
    made = referral(person("Wannes", "Zwartjas", phone="+32470112233")).pathway
    client = sign_in(member())
    page = client.get(reverse("rights:everything", args=[made.pk])).content.decode()
    assert all(words in page for words in ["Wannes", "Zwartjas", made.number])
    file = client.post(reverse("rights:as_data", args=[made.pk]))
    told = json.loads(archive_of(file).read("everything.json"))
    assert told["people.Person"][0]["family_name"] == "Zwartjas"
    assert set(told) == {each.label for each in data_map().tables if each.to not in {"typed", "listed"}} | {"files"}
    assert made.number in file["Content-Disposition"]
    assert Entry.objects.filter(verb="rights.given", pathway_id=made.pk).exists()


def archive_of(answer):
    return ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.django_db
def test_the_person_is_given_every_file_and_nobody_elses(sign_in):
    stay, other = signable(), prepared(home=dwelling("Kortestraat 5"))
    made = make_paper(paper_of(stay, "loan_deed"), on=TODAY, by=None)
    lost = make_paper(paper_of(stay, "consent"), on=TODAY, by=None)
    store.drop(lost.name)
    (photo,) = (clean for clean in take_in([sent("../../sleutel.jpg", hostile.photo())]))
    (scan,) = attach([photo], stay.pathway, made.paper_id, by=None)
    attach([photo], other.pathway, made.paper_id, by=None)
    archive = archive_of(sign_in(member()).post(reverse("rights:as_data", args=[stay.pathway_id])))
    told = json.loads(archive.read("everything.json"))["files"]
    assert {each["name"]: bool(each["path"]) for each in told} == {made.name: True, lost.name: False, scan.name: True}
    paths = {each["name"]: each["path"] for each in told if each["path"]}
    assert sorted(archive.namelist()) == sorted(["everything.json", *paths.values()])
    assert all(archive.read(path) == store.fetch(name) for name, path in paths.items())
    assert [each for each in paths.values() if ".." in each or not each.endswith((".pdf", ".jpg"))] == []


@pytest.mark.django_db
def test_everything_shows_every_word_that_is_kept_of_somebody(sign_in):
    programme = tell(install_definition("brugge")).programme
    linda = Pathway.objects.get(programme=programme, person__birth_on=date(1980, 2, 17))
    aviary = Aviary()
    aviary.settle()
    an = Membership.objects.get(programme=programme, role="coordinator")
    page = sign_in(an).get(reverse("rights:everything", args=[linda.pk])).content.decode()
    hers = {f"Qz{number:06d}": each for number, each in aviary.known.items() if each.pathway_ids == {linda.pk}}
    # Keys of an index, and the number that stands with the pathway itself.
    codes = {"referral.Referral.import_key", "people.NameKey.word", "post.Message.number"}
    mapped = {f"{each.label}.{name}" for each in data_map().tables for name in each.fields} - codes
    missing = {each.name for word, each in hers.items() if each.name in mapped and word not in page}
    assert sorted(missing) == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["support_worker", "referrer", "protection_officer", "administrator"])
def test_nobody_else_erases_or_takes_everything_out(sign_in, role):
    made, client = closed(pathway()), sign_in(member(role))
    for name in ("everything", "erase"):
        assert client.get(reverse(f"rights:{name}", args=[made.pk])).status_code == 404
    assert client.post(reverse("rights:as_data", args=[made.pk])).status_code == 404
