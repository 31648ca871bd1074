"""The second wall: with every filter of the application taken away, PostgreSQL still shows no row of another programme (P7)."""

import os

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from intrek.ground.access import queries
from intrek.ground.common import wall
from intrek.ground.journal.models import Entry
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.models import Person
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind
from intrek.ground.post.tasks import deliver_mail
from intrek.ground.programmes.actions import install_definition, make_programme
from tests.factories import member, pathway, person, second_programme
from tests.house.tables import WITHOUT_PROGRAMME, our_models
from tests.plugins.wall import as_owner

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture
def two():
    """Somebody in each of two programmes."""
    here, there = member("coordinator").programme, second_programme()
    return [pathway(of=person("Wannes", name, programme=each)) for each, name in ((here, "Hier"), (there, "Daar"))]


def names():
    return sorted(Person.objects.values_list("family_name", flat=True))


def test_every_table_stands_behind_it_or_says_why_not():
    outside = {model._meta.label for model in our_models()} - {model._meta.label for model in wall.walled()}
    assert outside == {*wall.LEFT_OUT, *WITHOUT_PROGRAMME}
    assert all(len(why) > 20 for why in wall.LEFT_OUT.values())


def test_the_wall_has_no_gap():
    assert wall.gaps(connection) == []


def test_within_a_programme_there_are_no_others(two):
    here, there = two
    assert names() == ["Daar", "Hier"]
    with wall.within(here.programme_id):
        assert names() == (["Hier"] if ON_POSTGRESQL else ["Daar", "Hier"])
        with wall.within(there.programme_id):
            assert names() == (["Daar"] if ON_POSTGRESQL else ["Daar", "Hier"])
        assert names() == (["Hier"] if ON_POSTGRESQL else ["Daar", "Hier"])
        with wall.within(here.programme_id, there.programme_id):
            assert names() == ["Daar", "Hier"]
    assert names() == ["Daar", "Hier"]


def test_with_every_filter_off_a_page_still_shows_nobody_of_another_programme(two, sign_in, monkeypatch):
    """What ``visible_to`` forgets, the database refuses; on SQLite, where no second wall stands, the same page tells of them."""
    monkeypatch.setattr(queries, "visible_rows", lambda rows, _member, **_told: rows)
    an = member("coordinator", programme=two[0].programme)
    client = sign_in(an)
    found = client.get(reverse("desk:referrals")).content.decode()
    opened = client.get(reverse("people:of_pathway", args=[two[1].pk]))
    assert "Hier" in found
    assert ("Daar" in found) is not ON_POSTGRESQL
    assert opened.status_code == (404 if ON_POSTGRESQL else 200)


def test_an_error_takes_back_all_that_the_request_wrote(two, sign_in, monkeypatch):
    def half(**_told):
        Pathway.objects.filter(pk=two[0].pk).update(awaits_from="half")
        raise RuntimeError("and then the power went")

    monkeypatch.setattr("intrek.ground.access.middleware.note_look", half)
    client = sign_in(member("coordinator", programme=two[0].programme), raise_request_exception=False)
    assert client.get(reverse("people:of_pathway", args=[two[0].pk])).status_code == 500
    assert Pathway.objects.filter(awaits_from="half").exists() is not ON_POSTGRESQL


def test_who_makes_a_programme_goes_on_in_it():
    with wall.within(install_definition("brugge").pk):
        made = make_programme("Andere stad", municipality="Elders")
        assert made.rules.exists()


def test_a_job_asks_for_its_own_programme(two, mailoutbox):
    told = send(member("referrer").contact, Kind.QUESTION, by=None)
    with wall.within(two[1].programme_id):
        assert deliver_mail.call(str(told.mail_id), str(told.programme_id)) == "sent"
    assert len(mailoutbox) == 1


if ON_POSTGRESQL:

    def test_who_says_nothing_is_shown_nothing_in_any_table(two):
        wall._put_back("", is_local=True)
        full = [model._meta.label for model in wall.walled() if model._base_manager.exists()]
        assert full == []
        wall._put_back(wall.EVERY, is_local=True)
        assert Entry.objects.exists()

    def test_nothing_is_written_for_another_programme(two):
        here, there = two
        with wall.within(here.programme_id):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                person("Els", "Elders", programme=there.programme)
            assert Person.objects.filter(pk=there.person_id).update(family_name="Anders") == 0
            assert Person.objects.filter(pk=there.person_id).delete() == (0, {})
        assert names() == ["Daar", "Hier"]

    def test_the_role_is_no_superuser_and_owns_no_table(db):
        mighty = "rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {mighty} FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False,)
        assert not wall.is_owner(connection)
        with as_owner():
            assert wall.is_owner(connection)

    def test_a_table_without_it_is_named_and_mended(db):
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY {wall.POLICY} ON support_visit")
            assert wall.gaps(connection) == ["people_person", "support_visit"]
            wall.build(connection)
        assert wall.gaps(connection) == []

    def test_a_wall_of_an_earlier_version_makes_room_for_this_one(db):
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"ALTER POLICY {wall.POLICY} ON support_visit RENAME TO {wall.FORMER[0]}")
            wall.build(connection)
            cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = 'support_visit'")
            assert cursor.fetchall() == [(wall.POLICY,)]

    def test_the_programmes_asked_for_are_made_out_once_for_a_query_and_not_for_every_row(two):
        plan = Person.objects.exclude(family_name="").explain()
        condition = next(line for line in plan.splitlines() if "Filter:" in line)
        assert "(InitPlan 1)" in condition
        assert "::uuid" not in condition

    def test_it_comes_in_by_its_own_door_too(db):
        """Not only by stepping down from the owner, as the tests do."""
        address = os.environ["DATABASE_URL"].replace("/intrek?", f"/{connection.settings_dict['NAME']}?")
        with psycopg.connect(address) as own:
            assert own.execute("SELECT current_user, session_user").fetchone() == (settings.DATABASE_ROLE,) * 2
            for statement in ("SET ROLE intrek_owner", "ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege), own.transaction():
                    own.execute(statement)
            assert own.execute("SELECT count(*) FROM people_person").fetchone() == (0,)
