"""Files that go along with what referrer and programme say to each other."""

import pytest
from django.db import connection
from django.urls import reverse

from intrek.ground.documents import uploads
from intrek.ground.documents.actions import attach
from intrek.ground.documents.models import Upload
from intrek.story.referral.models import Remark
from tests.documents import hostile_files as hostile
from tests.documents.test_uploads import sent
from tests.factories import member, organisation, second_programme
from tests.referral.made import referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(sign_in):
    """A referral whose referrer added a photo and a letter; the referrer's browser."""
    made = referral()
    client = sign_in(made.referrer.memberships.get())
    files = [sent("attest.jpg", hostile.with_location()), sent("brief.pdf", hostile.pdf(hostile.opens_with_script))]
    page = client.post(reverse("referral:add", args=[made.pathway_id]), {"text": "Hierbij het attest.", "added": files})
    assert page.status_code == 302
    return made, client


def addresses():
    return [
        reverse(f"referral:{name}", args=[each.pk]) for each in Upload.objects.filter() for name in ("file", "small")
    ]


def test_both_sides_find_them_beside_what_was_said(told, sign_in):
    made, referrer = told
    for client in (referrer, sign_in(member("coordinator"))):
        page = client.get(reverse("referral:of_pathway", args=[made.pathway_id])).content.decode()
        assert all(address in page for address in addresses())
        assert "attest.jpg" in page


def test_they_are_downloads_and_their_pictures_were_drawn_here(told):
    _made, client = told
    for each in Upload.objects.filter():
        whole = client.get(reverse("referral:file", args=[each.pk]))
        assert whole["Content-Disposition"].startswith("attachment")
        small = client.get(reverse("referral:small", args=[each.pk]))
        assert (small["Content-Type"], small["Content-Disposition"]) == ("image/jpeg", "inline")
        for answer in (whole, small):
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer["Content-Security-Policy"]
            assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "role", ["referrer", "housing_officer", "steering_member", "administrator", "protection_officer"]
)
def test_nobody_else_gets_them(told, sign_in, role):
    client = sign_in(member(role, organisation("Elders vzw") if role == "referrer" else None))
    assert {client.get(address).status_code for address in addresses()} <= {403, 404}


def test_nor_the_programme_next_door(told, sign_in):
    client = sign_in(member("coordinator", programme=second_programme()))
    assert {client.get(address).status_code for address in addresses()} == {404}


def test_a_file_of_something_else_of_the_same_person_is_not_given_out_here(told):
    _made, client = told
    Upload.objects.filter().update(of_id=Upload.objects.first().pk)
    assert {client.get(address).status_code for address in addresses()} == {404}


def test_what_is_no_photo_is_refused_in_words_and_what_was_typed_stands(told):
    made, client = told
    before = Remark.objects.count()
    answers = {
        "text": "Nog een brief.",
        "added": [sent("brief.pdf", b"<html>"), sent("macro.docm", hostile.archive(a="b"))],
    }
    page = client.post(reverse("referral:ask", args=[made.pathway_id]), answers)
    shown = page.content.decode()
    assert page.status_code == 200
    assert "brief.pdf is geen foto" in shown
    assert "macro.docm is een document" in shown
    assert "Nog een brief." in shown
    assert (Remark.objects.count(), Upload.objects.count()) == (before, 2)


def test_files_are_made_anew_before_the_action_begins(told, monkeypatch):
    made, client = told
    depths = []

    def noting(act):
        return lambda *told, **more: depths.append(len(connection.savepoint_ids)) or act(*told, **more)

    monkeypatch.setattr("intrek.ground.documents.actions.uploads.cleaned", noting(uploads.cleaned))
    monkeypatch.setattr("intrek.story.referral.actions.talking.attach", noting(attach))
    files = [sent("attest.jpg", hostile.photo())]
    client.post(reverse("referral:add", args=[made.pathway_id]), {"text": "Nog een foto.", "added": files})
    before, within = depths
    assert before < within


def test_more_than_a_form_may_weigh_is_not_read(told, settings):
    made, client = told
    settings.SENT_MOST_BYTES = 1000
    address = reverse("referral:add", args=[made.pathway_id])
    page = client.post(address, {"text": "x", "added": [sent("groot.jpg", b"x" * 5000)]})
    assert page.status_code == 413
    assert "te groot" in page.content.decode()
    assert Upload.objects.count() == 2
