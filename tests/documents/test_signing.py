"""A paper is signed on a screen, each party the very file it was shown; then it is sealed (P13)."""

import json
from io import BytesIO

import pikepdf
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from intrek.ground.common.refusals import Refused
from intrek.ground.documents import seal, store
from intrek.ground.documents.actions import (
    ask_party,
    correct_paper,
    make_paper,
    notice_untrue,
    refuse_to_sign,
    sign_file,
)
from intrek.ground.documents.ink import strokes_of
from intrek.ground.documents.models import Paper, Upload
from intrek.ground.documents.queries import made_of
from intrek.ground.documents.rules import Reason
from intrek.ground.partners.models import Sector
from intrek.ground.post.models import Message
from tests.documents.hostile_files import photo
from tests.documents.made import paper_of, read, signable
from tests.documents.seals import certificate_of
from tests.documents.test_uploads import sent
from tests.factories import member, organisation, real_today

pytestmark = pytest.mark.django_db
TODAY = real_today()
INK = json.dumps([[100, 200, 400, 100, 600, 300], [700, 200, 720, 210]])


@pytest.fixture
def by():
    return member("support_worker")


@pytest.fixture
def stay(by):
    return signable()


@pytest.fixture
def file(stay, by):
    return make_paper(paper_of(stay, "support_agreement"), on=TODAY, by=by)


def sign(file, party, by, **more):
    told = {"name": "Linda Dhondt", "digest": file.digest, "ink": INK} | more
    return sign_file(file, party, at=timezone.now(), by=by, **told)


def refused(act, *args, **more):
    with pytest.raises(Refused) as told:
        act(*args, **more)
    return [each.code for each in told.value.reasons]


def test_with_the_last_party_the_paper_is_in(file, by):
    sign(file, "resident", by)
    paper = file.paper
    paper.refresh_from_db()
    assert not paper.is_in
    sign(file, "worker", by, name="Ruben", ink="", by_name=True)
    paper.refresh_from_db()
    assert (paper.signed_on, paper.signed_by) == (TODAY, "Linda Dhondt, Ruben")


@pytest.fixture
def signed(file, by, run_jobs, django_capture_on_commit_callbacks):
    """The file with everybody's signature, sealed by the worker."""
    with django_capture_on_commit_callbacks(execute=True):
        sign(file, "resident", by)
        sign(file, "worker", by, name="Ruben")
    run_jobs()
    file.refresh_from_db()
    return file


def test_the_sealed_file_holds_the_signatures_the_evidence_and_the_file_that_was_shown(signed):
    pdf = store.fetch(signed.sealed)
    words = read(pdf).replace("\u200b", "").replace("\n", "")
    assert "Bewijs van de handtekeningen" in words
    assert "Ondertekend door Linda Dhondt" in words
    assert signed.digest in words
    with pikepdf.open(BytesIO(pdf)) as opened:
        inside = opened.attachments["shown.pdf"].get_file().read_bytes()
    assert inside == store.fetch(signed.name)


def test_the_seal_is_the_programmes_and_breaks_with_one_byte(signed):
    pdf = store.fetch(signed.sealed)
    assert certificate_of(pdf).subject.rfc4514_string() == f"CN={signed.programme}"
    at = pdf.index(b"/Title")
    with pytest.raises(ValueError, match="changed"):
        certificate_of(pdf[:at] + b"/Tytle" + pdf[at + 6 :])


def test_a_programme_seals_with_one_key_that_nobody_else_reads(signed):
    place = seal.place_of(signed.programme_id)
    before = place.read_bytes()
    shown = store.fetch(signed.name)
    seal.sealed(shown, signed.programme_id, "Brugge", shown=shown, at=timezone.now())
    assert place.read_bytes() == before
    assert place.stat().st_mode & 0o777 == 0o600
    assert seal.is_self_made(signed.programme_id)


def test_who_was_not_asked_who_signed_already_and_who_signs_nothing_are_told_so(file, by):
    assert refused(sign, file, "landlord", by) == [Reason.NOT_ASKED]
    assert refused(sign, file, "resident", by, name=" ", ink="") == [Reason.NO_NAME, Reason.NO_INK]
    sign(file, "resident", by)
    assert refused(sign, file, "resident", by) == [Reason.SIGNED_ALREADY]


def test_a_signature_is_about_the_very_file_that_was_shown(file, by):
    assert refused(sign, file, "resident", by, digest="0" * 64) == [Reason.NOT_SHOWN]
    store._place(file.name).write_bytes(store.fetch(file.name) + b" ")
    assert refused(sign, file, "resident", by) == [Reason.NOT_SHOWN]


def test_a_paper_made_anew_leaves_the_one_before_unsigned(file, by):
    make_paper(file.paper, on=TODAY, by=by)
    assert refused(sign, file, "resident", by) == [Reason.MADE_ANEW]


def rename(stay, name):
    somebody = stay.pathway.person
    somebody.family_name = name
    somebody.save()


def test_what_changed_since_it_was_made_is_made_anew_before_it_is_signed(stay, file, by):
    rename(stay, "Dhont")
    assert set(refused(sign, file, "resident", by)) == {Reason.OUTDATED}


def test_who_says_no_says_why_and_may_still_sign(file, by):
    assert refused(refuse_to_sign, file, "resident", why=" ", on=TODAY, by=by) == [Reason.NO_WHY]
    refuse_to_sign(file, "resident", why="Eerst nalezen met mijn zus.", on=TODAY, by=by)
    signature = sign(file, "resident", by)
    assert (signature.refused_on, signature.refused_why) == (None, "")


@pytest.mark.parametrize("ink", ["x", "{}", "[[1]]", "[[0, 401]]", "[[1.5, 2]]", '[["<svg>", 2]]', "[[]]", "[" * 5000])
def test_what_is_no_drawing_is_refused(ink):
    assert strokes_of(ink).code == Reason.NOT_INK


def test_a_slip_of_the_finger_is_no_signature():
    assert strokes_of("[[10, 10, 12, 12]]") == []


def test_a_slip_of_the_pen_is_set_right_beside_the_paper(stay, signed, by):
    paper = signed.paper
    assert refused(correct_paper, paper, on=TODAY, by=by) == [Reason.NOTHING_CHANGED]
    rename(stay, "Dhont")
    sheet = correct_paper(paper, on=TODAY, by=by)
    assert "Linda Dhont" in read(store.fetch(sheet.name))
    assert made_of([paper], stay.pk, TODAY)[paper.pk].is_void
    for party in ("resident", "worker"):
        sign(sheet, party, by)
    found = made_of([paper], stay.pk, TODAY)[paper.pk]
    assert (found.is_void, found.signed.pk, [each.pk for each in found.corrections]) == (False, signed.pk, [sheet.pk])


def test_what_was_signed_by_hand_comes_in_as_a_scan(file, by, sign_in):
    client = sign_in(member("coordinator"))
    told = {"signed_on": f"{TODAY:%d/%m/%Y}", "signed_by": "Linda Dhondt, Ruben", "scan": [sent("blad.jpg", photo())]}
    assert client.post(reverse("documents:sign", args=[file.paper_id]), told).status_code == 302
    page = client.get(reverse("documents:of_stay", args=[file.paper.stay_id])).content.decode()
    scan = reverse("documents:scan", args=[Upload.objects.get(of_id=file.paper_id).pk])
    assert scan in page
    assert client.get(scan)["Content-Type"] == "image/jpeg"
    elsewhere = Upload.objects.get(of_id=file.paper_id)
    Upload.objects.filter(pk=elsewhere.pk).update(of_id=file.pk)
    assert client.get(scan).status_code == 404


def test_a_paper_that_is_no_longer_true_is_noticed_and_true_again_forgotten(stay, signed, by):
    paper = signed.paper
    rename(stay, "Dhont")
    call_command("notice_papers")
    paper.refresh_from_db()
    assert paper.untrue_on == TODAY
    assert notice_untrue(stay.pk, on=TODAY) == 0
    rename(stay, "Dhondt")
    assert notice_untrue(stay.pk, on=TODAY) == 1
    rename(stay, "Dhont")
    call_command("notice_papers")
    sheet = correct_paper(paper, on=TODAY, by=by)
    for party in ("resident", "worker"):
        sign(sheet, party, by)
    paper.refresh_from_db()
    assert paper.untrue_on is None


def test_a_party_signs_one_paper_after_the_other(stay, by, sign_in):
    client = sign_in(member("coordinator"))
    here = lambda file, party="resident": reverse("documents:sign_here", args=[file.pk, party])  # noqa: E731
    files = [
        make_paper(paper_of(stay, code), on=TODAY, by=by)
        for code in ("house_rules", "fee_statement", "support_agreement")
    ]
    of_stay = reverse("documents:of_stay", args=[stay.pk])
    assert "Linda Dhondt (3)" in client.get(of_stay).content.decode()
    went = []
    for file in files:
        told = {"name": "Linda Dhondt", "digest": file.digest, "by_name": "on"}
        went.append(client.post(here(file), told)["Location"])
    assert went == [here(files[1]), here(files[2]), of_stay]
    assert "Linda Dhondt (" not in client.get(of_stay).content.decode()
    assert files[0].signatures.get().way == "screen"


def test_who_refuses_one_is_asked_for_the_next_and_not_for_that_one_again(stay, by, sign_in):
    client = sign_in(member("coordinator"))
    files = [make_paper(paper_of(stay, code), on=TODAY, by=by) for code in ("house_rules", "fee_statement")]
    no = client.post(reverse("documents:refuse", args=[files[0].pk, "resident"]), {"why": "Eerst nalezen."})
    assert no["Location"] == reverse("documents:sign_here", args=[files[1].pk, "resident"])
    told = {"name": "Linda Dhondt", "digest": files[1].digest, "by_name": "on"}
    assert client.post(no["Location"], told)["Location"] == reverse("documents:of_stay", args=[stay.pk])


def test_a_screen_in_the_hands_of_a_guest_leads_nowhere_else(file, sign_in):
    client = sign_in(member("coordinator"))
    page = lambda party, name="sign_here": client.get(  # noqa: E731
        reverse(f"documents:{name}", args=[file.pk, party])
    ).content.decode()
    for each in ('class="main-nav"', 'id="rooms"', 'role="search"', 'class="bar__me"'):
        assert each in page("worker")
        assert each not in page("resident")
        assert each not in page("resident", "refuse")


def test_what_is_no_longer_true_is_made_anew_with_the_others(stay, signed, by, sign_in):
    client = sign_in(member("coordinator"))
    make_all, of_stay = (reverse(f"documents:{name}", args=[stay.pk]) for name in ("make_all", "of_stay"))
    client.post(make_all)
    assert signed.paper.files.count() == 1
    rename(stay, "Dhont")
    by_hand = lambda: [each.pk for each in client.get(of_stay).context["page"].unsigned]  # noqa: E731
    assert signed.paper_id not in by_hand()
    client.post(make_all)
    assert signed.paper.files.count() == 2
    assert signed.paper_id in by_hand()
    client.post(make_all)
    assert signed.paper.files.count() == 2
    Paper.objects.exclude(pk=signed.paper_id).update(not_needed_why="Niet nodig.")
    assert "Alle papieren zijn in orde" not in client.get(of_stay).content.decode()


@pytest.fixture
def asked(stay, by):
    """The house rules, which the landlord was asked to sign; and the landlord."""
    officer = member("housing_officer", organisation("Vivendo", sector=Sector.HOUSING))
    file = make_paper(paper_of(stay, "house_rules"), on=TODAY, by=by)
    ask_party(file, "landlord", on=TODAY, by=by)
    return file, officer


def test_the_landlord_signs_in_the_portal_and_only_for_itself(asked, sign_in):
    file, officer = asked
    client = sign_in(officer)
    here = reverse("documents:sign_here", args=[file.pk, "landlord"])
    assert here in client.get(reverse("portal:home")).content.decode()
    assert client.get(reverse("documents:sign_here", args=[file.pk, "resident"])).status_code == 404
    client.post(here, {"name": "Hilde Sys", "digest": file.digest, "by_name": "on"})
    signature = file.signatures.get()
    assert (signature.way, signature.name, signature.digest) == ("portal", "Hilde Sys", file.digest)
    assert here not in client.get(reverse("portal:home")).content.decode()
    assert Message.objects.filter(kind="signed", to=file.paper.pathway.worker).count() == 1


def test_a_copy_in_another_language_is_read_and_not_signed(stay, by):
    copy = make_paper(paper_of(stay, "house_rules"), language="fr", on=TODAY, by=by)
    assert Reason.NOT_ASKED in refused(sign, copy, "resident", by)


def test_a_landlord_sees_no_paper_that_it_was_not_asked_to_sign(stay, asked, by, sign_in):
    file, officer = asked
    other = make_paper(paper_of(stay, "consent"), on=TODAY, by=by)
    client = sign_in(officer)
    pages = lambda each: [  # noqa: E731
        reverse("documents:file", args=[each.pk]),
        reverse("documents:page", args=[each.pk, 1]),
        reverse("documents:sign_here", args=[each.pk, "landlord"]),
    ]
    assert {client.get(each).status_code for each in pages(file)} == {200}
    assert {client.get(each).status_code for each in pages(other)} == {404}
    elsewhere = sign_in(member("housing_officer", organisation("Elders wonen", sector=Sector.HOUSING)))
    assert {elsewhere.get(each).status_code for each in pages(file)} == {404}
