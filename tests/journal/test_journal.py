"""What happened is written down in words that can be told."""

from datetime import date
from decimal import Decimal

import pytest

from intrek.ground.journal.actions import record
from intrek.ground.journal.models import Entry
from intrek.ground.journal.queries import timeline
from intrek.ground.journal.verbs import wordings
from intrek.ground.people.actions import change_person
from tests.factories import member, pathway

pytestmark = pytest.mark.django_db


def test_an_act_without_a_wording_is_not_recorded():
    made = pathway()
    with pytest.raises(KeyError):
        record(made, "pathways.vanished", on=None, by=None)
    assert not Entry.objects.filter(verb="pathways.vanished").exists()


def test_every_verb_is_room_and_verb_and_its_wording_a_sentence():
    assert len(wordings()) > 30
    assert all(len(verb.split(".")) == 2 and str(text).strip() for verb, text in wordings().items())


def test_the_timeline_tells_latest_first_and_what_has_no_day_last():
    made = pathway()
    for on in (date(2026, 1, 5), None, date(2026, 3, 1)):
        record(made, "pathways.assigned", on=on, by=member(), worker=f"worker of {on}")
    lines = timeline(made.programme_id, made.pk, person_id=made.person_id)
    assert [line.on for line in lines if line.verb == "pathways.assigned"] == [date(2026, 3, 1), date(2026, 1, 5), None]


def test_days_among_the_facts_are_told_as_people_write_them():
    made = pathway()
    record(made, "pathways.completed_day", on=date(2026, 3, 1), by=None, what="start", day=date(2026, 3, 2))
    told = next(
        line.text
        for line in timeline(made.programme_id, made.pk, person_id=made.person_id)
        if line.verb == "pathways.completed_day"
    )
    assert "2 March 2026" in told


def test_amounts_are_kept_to_the_cent():
    made = pathway()
    entry = record(made, "pathways.assigned", on=None, by=None, worker=Decimal("412.50"))
    assert Entry.objects.get(pk=entry.pk).facts == {"worker": "412.50"}


def test_a_timeline_holds_one_pathway_only():
    mine, other = pathway(), pathway()
    record(other, "pathways.assigned", on=None, by=None, worker="other")
    assert all("other" not in line.text for line in timeline(mine.programme_id, mine.pk, person_id=mine.person_id))


def test_what_is_corrected_of_a_person_stands_on_the_timeline_of_their_pathways_and_of_no_other():
    mine, other = pathway(), pathway()
    change_person(mine.person, phone="+32470123456", language=mine.person.language, on=date(2026, 3, 1), by=member())
    told = [line.text for line in timeline(mine.programme_id, mine.pk, person_id=mine.person_id)]
    assert "Corrected of the person: phone" in told
    heard = [line.text for line in timeline(other.programme_id, other.pk, person_id=other.person_id)]
    assert not any("Corrected" in text for text in heard)


def test_saving_a_person_as_they_were_is_no_correction():
    made = pathway()
    change_person(made.person, phone=made.person.phone, on=date(2026, 3, 1), by=member())
    assert not Entry.objects.filter(verb="people.corrected").exists()
