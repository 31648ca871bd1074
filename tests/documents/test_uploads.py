"""What comes in from outside: known by what it holds, made anew, and nothing of it runs, hides or is served as a page."""

import io
import socketserver
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from intrek.ground.common.ids import new_id
from intrek.ground.common.refusals import Refusal, Refused
from intrek.ground.documents import store, uploads
from intrek.ground.documents.actions import attach, take_in
from intrek.ground.documents.models import Upload
from intrek.ground.documents.queries import small_of, whole_of
from intrek.ground.documents.rules import Unfit
from tests.documents import hostile_files as hostile
from tests.factories import member, pathway

ACTIVE = (
    b"/JavaScript",
    b"/Launch",
    b"/SubmitForm",
    b"/GoToR",
    b"/EmbeddedFile",
    b"/XFA",
    b"app.alert",
    b"cmd.exe",
    b"MZ\0",
)


def cleaned(name, content):
    return uploads.cleaned(io.BytesIO(content), name, len(content))


def sent(name, content):
    return SimpleUploadedFile(name, content)


def unpacked(content):
    """A PDF with nothing of it packed away."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def stored():
    """Everything in the store."""
    return {each for each in Path(store._place("00").parents[1]).rglob("*") if each.is_file()}


def is_harmless(each):
    """Whether a file that was taken in is a photo drawn here, or a PDF without anything that runs or tells on somebody."""
    if each.kind == "photo":
        with Image.open(io.BytesIO(each.file)) as photo:
            return (
                photo.format == "JPEG"
                and not photo.getexif()
                and hostile.MARK not in each.file
                and b"<" not in each.file[:3]
            )
    plain = unpacked(each.file)
    return each.has_signature or not any(word in plain for word in (*ACTIVE, hostile.MARK, hostile.SCRIPT.encode()))


@pytest.mark.once
def test_of_hostile_files_nothing_is_kept_that_runs_or_tells_on_somebody():
    files = hostile.hostile_files()
    assert len(files) >= 80
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda each: cleaned(*each), files))
    taken = [each for each in found if not isinstance(each, Refusal)]
    assert [each.title for each in taken if not is_harmless(each)] == []
    assert {each.kind for each in taken} == {"photo", "pdf"}
    told = {name: each.code for (name, _content), each in zip(files, found, strict=True) if isinstance(each, Refusal)}
    assert told.keys() >= hostile.PRETENDERS.keys()
    assert told["brief.docx"] == told["macro.docm"] == told["bom.zip"] == Unfit.LETTER
    assert told["groot.png"] == told["groot.jpg"] == Unfit.TOO_MANY_PIXELS
    assert told["slot.pdf"] == Unfit.LOCKED
    assert told["veel.pdf"] == Unfit.TOO_MANY_PAGES
    assert told["zwelt_net_niet.png"] == Unfit.TOO_HEAVY


def test_the_controls_are_as_hostile_as_they_say():
    for change in (
        hostile.opens_with_script,
        hostile.link(hostile.launch),
        hostile.with_file_inside,
        hostile.form_as_program,
    ):
        assert any(word in unpacked(hostile.pdf(change)) for word in ACTIVE)
    with Image.open(io.BytesIO(hostile.with_location())) as photo:
        assert photo.getexif().get_ifd(hostile.GPS)
    assert hostile.MARK in hostile.photo(comment=hostile.MARK)


def test_a_file_with_a_signature_stays_as_it_is_to_the_byte():
    content = hostile.pdf(hostile.signed_like)
    found = cleaned("getekend.pdf", content)
    assert (found.has_signature, found.file) == (True, content)


@pytest.mark.parametrize("around", [{}, {"packed": zlib.compress}], ids=["plain", "packed"])
def test_a_photo_in_a_pdf_no_longer_tells_where_it_was_taken_and_looks_the_same(around):
    change = hostile.with_photo(*(["/FlateDecode"] if around else []), **around)
    with pikepdf.open(io.BytesIO(cleaned("scan.pdf", hostile.pdf(change)).file)) as pdf:
        image = pdf.pages[0].Resources.XObject.Im0
        raw = image.read_raw_bytes()
    before = hostile.telling_photo()
    assert hostile.MARK in before
    assert hostile.MARK not in raw
    assert "/Metadata" not in image
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(raw)) as new:
        assert list(old.getexif()) == [0x010E]
        assert not new.getexif()
        assert old.tobytes() == new.tobytes()


def test_a_photo_stands_upright_and_no_larger_than_is_kept():
    told = Image.Exif()
    told[0x0112] = 6  # the camera was held on its side
    found = cleaned("foto.jpg", hostile.photo(size=(4000, 3000), exif=told))
    with Image.open(io.BytesIO(found.file)) as photo, Image.open(io.BytesIO(found.small)) as small:
        assert photo.size == (1800, 2400)
        assert max(small.size) == 320


def test_what_is_too_large_is_not_even_opened(settings):
    settings.UPLOAD_MOST_BYTES = 2**20
    found = uploads.cleaned(io.BytesIO(hostile.photo()), "foto.jpg", 10 * 2**30)
    assert found == Refusal(Unfit.TOO_LARGE, {"file": "foto.jpg", "most": 1})


def test_what_takes_too_long_is_ended(settings):
    settings.UPLOAD_LIMITS = settings.UPLOAD_LIMITS | {"seconds": 0}
    assert cleaned("foto.jpg", hostile.photo()).code == Unfit.TOO_HEAVY


@contextmanager
def clamd(answer):
    """A scanner that answers this to everything."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self):
            while self.request.recv(65536)[-4:] != b"\0\0\0\0":
                pass
            self.wfile.write(answer)

    with socketserver.TCPServer(("127.0.0.1", 0), Talk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(
    ("answer", "why"), [(b"stream: Eicar FOUND\n", "virus"), (b"stream: OK\n", ""), (b"", "not_scanned")]
)
def test_a_scanner_is_asked_where_there_is_one(settings, answer, why):
    with clamd(answer) as settings.CLAMD:
        assert uploads.virus_in(b"x") == why
    settings.CLAMD = "127.0.0.1:1"
    assert uploads.virus_in(b"x") == "not_scanned"


@pytest.mark.django_db
def test_a_file_is_kept_under_a_name_of_its_own_and_served_under_another():
    way, of_id = pathway(), new_id()
    (made,) = attach(take_in([sent("../../etc/\u202epasswd\r\n.jpg", hostile.photo())]), way, of_id, by=member())
    assert made.title == "passwd.jpg"
    assert {made.name, made.small} <= {each.name for each in stored()}
    content, name, content_type = whole_of(made, "T-1")
    assert (name, content_type) == (f"T-1-{made.digest[:8]}.jpg", "image/jpeg")
    assert small_of(made) != content


def test_of_several_files_every_reason_is_told_and_none_is_kept():
    before = stored()
    files = [sent("goed.jpg", hostile.photo()), sent("kwaad.html", b"<html>"), sent("leeg.pdf", b"")]
    with pytest.raises(Refused) as refused:
        take_in(files)
    assert [(each.code, each.params["file"]) for each in refused.value.reasons] == [
        (Unfit.UNKNOWN, "kwaad.html"),
        (Unfit.EMPTY, "leeg.pdf"),
    ]
    assert stored() == before
    with pytest.raises(Refused, match="6"):
        take_in([files[0]] * 7)


@pytest.mark.django_db
def test_a_file_whose_row_cannot_be_written_goes_again(monkeypatch):
    way, before = pathway(), stored()
    files = take_in([sent("goed.jpg", hostile.photo())])
    monkeypatch.setattr(Upload, "save", lambda *_args, **_told: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        attach(files, way, new_id(), by=None)
    assert stored() == before
