"""Who looked is on record before the page leaves; nobody changes the record; what is changed all the same is found."""

import random
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import signing
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from intrek.ground.access.models import Category
from intrek.ground.journal import walls
from intrek.ground.journal.actions import note_look, record
from intrek.ground.journal.models import Entry, Link, Look, LookedAt
from intrek.ground.journal.queries import looks_at
from intrek.ground.journal.sealing import SIGNED_AS, heads, seal, verify, write_checkpoint
from tests.access.test_shares import partner, shared, somebody_of
from tests.factories import member, organisation, pathway, person, real_today, second_programme
from tests.plugins.wall import as_owner
from tests.referral.made import referral

pytestmark = pytest.mark.django_db
NOW = timezone.now
# The second database keeps the same rows and is looked through by the same code.
EDITS = 1000 if connection.vendor == "sqlite" else 250


def latest(**told):
    return Look.objects.filter(**told).order_by("-created_at", "-pk").first()


# ---- one look for each request ----


def test_a_page_about_somebody_leaves_one_look_with_who_for_whom_and_what(sign_in):
    made, ruben = pathway(), member("support_worker")
    sign_in(ruben).get(reverse("people:of_pathway", args=[made.pk]))
    (look,) = Look.objects.filter(member_id=ruben.pk)
    assert (look.by_label, look.for_label, look.role) == (ruben.label, "OCMW Brugge", "support_worker")
    assert (look.page, look.outcome, look.seen) == ("people:of_pathway", "shown", [str(made.person_id)])
    assert "identity" in look.kinds


def test_a_list_leaves_one_look_with_everybody_on_it(sign_in):
    shown, an = {str(pathway().person_id) for _ in range(3)}, member()
    sign_in(an).get(reverse("desk:referrals"))
    assert set(latest(member_id=an.pk).seen) == shown


def test_of_what_is_shared_the_record_names_the_kinds_that_were_open(sign_in):
    hospital, made = partner(), referral(by=member("referrer", organisation("de Sleutel"))).pathway
    ilse = somebody_of(hospital)
    shared(made, hospital, [Category.HEALTH])
    sign_in(ilse).get(reverse("portal:shared_file", args=[made.pk]))
    assert latest(member_id=ilse.pk).kinds == ["health", "identity"]


def test_what_is_refused_is_on_record_with_what_was_asked_for(sign_in):
    made, stranger = pathway(), member("referrer", organisation("de Sleutel"))
    client = sign_in(stranger)
    client.get(reverse("referral:of_pathway", args=[made.pk]))
    assert (latest(member_id=stranger.pk).outcome, latest(member_id=stranger.pk).seen) == ("denied", [str(made.pk)])
    client.get(reverse("people:of_pathway", args=[made.pk]))
    assert latest(member_id=stranger.pk).why == "people.read"
    assert looks_at(made.programme_id, [made.pk], at=NOW()).count() == 2


def test_a_page_without_anybody_and_one_that_sends_on_leave_no_look(sign_in):
    client = sign_in(member())
    client.get(reverse("programmes:for_whom"))
    client.get(reverse("home"))
    assert not Look.objects.filter(outcome="shown").exists()


def test_comparing_with_people_who_are_not_shown_is_no_look_at_them(sign_in):
    pathway(of=person("Wannes", "Zwartjas"), referred_by=organisation("de Sleutel"))
    client = sign_in(member("referrer"))
    client.get(reverse("portal:home"))
    assert not Look.objects.filter(outcome="shown").exists()


def test_without_a_row_there_is_no_page(sign_in, monkeypatch):
    made, client = pathway(of=person("Wannes", "Zwartjas")), sign_in(member())
    client.raise_request_exception = False

    def full(**_told):
        raise DatabaseError("disk full")

    monkeypatch.setattr("intrek.ground.access.middleware.note_look", full)
    answer = client.get(reverse("people:of_pathway", args=[made.pk]))
    assert answer.status_code == 500
    assert "Zwartjas" not in answer.content.decode()


# ---- nobody changes it ----


def refused(run):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run()
    return True


@pytest.fixture
def written():
    """A few acts and looks in two programmes, sealed."""
    for programme in (None, second_programme()):
        made, by = pathway(programme=programme), member(programme=programme)
        for number in range(6):
            record(made, "pathways.assigned", on=real_today(), by=by, worker=f"worker {number}")
            who = {"member_id": by.pk, "by_label": by.label, "for_label": "x", "role": by.role, "page": "desk:day"}
            note_look(programme_id=made.programme_id, seen=[made.person_id], kinds=["identity"], method="GET", outcome="shown", **who)  # fmt: skip
    assert seal(at=NOW()) == Link.objects.count() > 24
    return Link.objects.count()


def test_a_row_of_the_record_is_neither_changed_nor_taken_out(written):
    rows = (Entry.objects.first(), Look.objects.first(), Link.objects.first())
    for row in rows:
        mine = type(row).objects.filter(pk=row.pk)
        assert refused(mine.delete)
        assert refused(lambda mine=mine, row=row: mine.update(programme_id=row.pk))
    assert refused(lambda: Entry.objects.filter(pk=rows[0].pk).update(facts={"worker": "an other"}))
    assert refused(lambda: Look.objects.filter(pk=rows[1].pk).update(seen=[]))
    assert verify(at=NOW()).faults == []


def test_the_table_is_not_emptied_either(written):
    with as_owner(), connection.cursor() as cursor:
        how = "DELETE FROM" if connection.vendor == "sqlite" else "TRUNCATE"
        assert refused(lambda: cursor.execute(f"{how} journal_link"))


def test_an_erasure_empties_payload_and_salt_and_the_chain_still_holds(written):
    assert Entry.objects.filter(verb="pathways.assigned").update(facts={}, salt="") == 12
    assert verify(at=NOW()).faults == []


def test_an_emptied_row_is_not_filled_again(written):
    Entry.objects.filter(verb="pathways.assigned").update(facts={}, salt="")
    one = Entry.objects.filter(verb="pathways.assigned").first()
    assert refused(lambda: Entry.objects.filter(pk=one.pk).update(facts={"worker": "an other"}))


# ---- what is changed all the same is found ----


def change(rng, row):
    """Another value in one of the columns that say something."""
    model, names = type(row), ("by_label", "facts", "verb", "on") if isinstance(row, Entry) else ("by_label", "seen", "role", "page")  # fmt: skip
    name = rng.choice(names)
    value = {"facts": {"worker": "an other"}, "seen": [], "on": real_today() - timedelta(days=777)}.get(name, "changed")
    model.objects.filter(pk=row.pk).update(**{name: value})


def take_out(_rng, row):
    LookedAt.objects.filter(look_id=row.pk).delete()
    type(row).objects.filter(pk=row.pk).delete()


def put_between(rng, row):
    """A row that was never written, as if it were of long ago."""
    made = type(row).objects.get(pk=row.pk)
    made.pk, made.salt = new_uuid(rng), "f" * 32
    made.save(force_insert=True)
    type(row).objects.filter(pk=made.pk).update(created_at=NOW() - timedelta(days=30))


def swap(rng, row):
    """Two rows of the chain change places."""
    links = list(Link.objects.filter(programme_id=row.programme_id).order_by("position"))
    first, second = rng.sample(links, 2)
    for link, row_id in ((first, new_uuid(rng)), (second, first.row_id), (first, second.row_id)):
        Link.objects.filter(pk=link.pk).update(row_id=row_id)


def new_uuid(rng):
    return f"{rng.getrandbits(128):032x}"


def cut_the_tail(rng, row):
    links = Link.objects.filter(programme_id=row.programme_id).order_by("-position")
    for link in links[: rng.randint(1, 5)]:
        link.delete()


def older_file(rng, row):
    """An older database: rows and links of the end are not there; what was written since went on from there."""
    links = list(Link.objects.filter(programme_id=row.programme_id).order_by("-position")[: rng.randint(1, 5)])
    for link in links:
        take_out(rng, (Entry if link.kind == "act" else Look).objects.get(pk=link.row_id))
        link.delete()
    kept = Entry.objects.filter(programme_id=row.programme_id).first()
    for _ in range(rng.choice([0, 8])):
        record(kept, "pathways.assigned", on=None, by=None, worker="since")
    seal(at=NOW())


def walls_down():
    with as_owner():
        walls.take_down(connection)


def walls_up():
    with as_owner():
        walls.build(connection)


def test_a_thousand_random_edits_are_all_found(written):
    rng, ways = random.Random(20261127), (change, take_out, put_between, swap, cut_the_tail, older_file)
    walls_down()
    rows = [*Entry.objects.order_by("pk"), *Look.objects.order_by("pk")]
    sealed = [row for row in rows if Link.objects.filter(row_id=row.pk).exists()]
    missed = []
    for number in range(EDITS):
        way, row = rng.choice(ways), rng.choice(sealed)
        place = transaction.savepoint()
        way(rng, row)
        if not verify(at=NOW()).faults:
            missed.append((number, way.__name__, row))
        transaction.savepoint_rollback(place)
    walls_up()
    assert missed == []
    assert verify(at=NOW()).faults == []


def test_the_first_wrong_row_is_named(written):
    walls_down()
    links = list(Link.objects.filter(kind="act").order_by("programme_id", "position")[1:3])
    for link in links:
        Entry.objects.filter(pk=link.row_id).update(by_label="somebody else")
    walls_up()
    with pytest.raises(CommandError, match=str(links[0].row_id)) as found:
        call_command("verify_journal")
    assert str(links[1].row_id) not in str(found.value)


def test_walls_that_are_gone_are_said(written):
    walls_down()
    with pytest.raises(CommandError, match="triggers are gone"):
        call_command("verify_journal")
    walls_up()
    call_command("verify_journal")


def test_a_checkpoint_that_is_forged_is_said_and_not_written_over(written):
    settings.JOURNAL_CHECKPOINT.write_text(signing.dumps(heads(), key="another", salt=SIGNED_AS))
    assert any("not signed" in fault.what for fault in verify(at=NOW()).faults)
    record(Entry.objects.first(), "pathways.assigned", on=None, by=None, worker="later")
    seal(at=NOW())
    assert any("not signed" in fault.what for fault in verify(at=NOW()).faults)
    write_checkpoint(anew=True)
    assert verify(at=NOW()).faults == []


def test_what_is_not_sealed_yet_is_counted_and_what_should_have_been_is_named(written):
    record(Entry.objects.first(), "pathways.assigned", on=None, by=None, worker="later")
    assert (verify(at=NOW()).tail, verify(at=NOW()).faults) == (1, [])
    (fault,) = verify(at=NOW() + timedelta(days=2)).faults
    assert "not sealed" in fault.what


def test_sealing_seals_each_row_once(written):
    assert seal(at=NOW()) == 0
    assert Link.objects.count() == written
    call_command("seal_journal")
