"""``make papers``: every kind of paper is set and looked at from outside; figures in build/papers.json.

For each kind in each language it has: set it from a made-up case, ask an independent checker whether it is PDF/UA, look whether any letter
stands outside its page's margins, whether it says it is PDF/A-2a, is tagged, names its language and brings its fonts.
Times are of this machine; what is judged are the goals below.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

import pypdfium2  # noqa: E402
import typst  # noqa: E402
import zxingcpp  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.utils.translation import override  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from intrek.ground.documents import seal  # noqa: E402
from intrek.ground.documents.content import Imprint, Signed, content_of, sheet_content, signed_content  # noqa: E402
from intrek.ground.documents.ink import picture_of  # noqa: E402
from intrek.ground.documents.press import FORM, Unprintable, press  # noqa: E402
from intrek.ground.documents.queries import example_facts, model_version  # noqa: E402
from intrek.ground.documents.shipped import model_texts  # noqa: E402
from intrek.ground.documents.uploads import PROGRAM, cleaned  # noqa: E402
from intrek.ground.dwellings.models import Dwelling  # noqa: E402
from intrek.ground.pathways.models import Pathway  # noqa: E402
from intrek.ground.people.models import Person  # noqa: E402
from intrek.ground.programmes.models import ProgrammeRule  # noqa: E402
from intrek.story.placement.bills import request_sheet  # noqa: E402
from intrek.story.placement.models import PaymentRequest, Placement  # noqa: E402

GOALS = {"ua_errors": 0, "overflow": 0, "warm_ms": 40.0, "ratio_to_typst": 1.3, "peak_mib": 200.0}
# What one file from outside may take.
SECONDS, MEBIBYTES = 5, 150
DAY, REPEATS, MANY = date(2027, 3, 3), 15, 200
# Of the form of a paper: its margins, in points.
SIDE, POINTS_A_MM = 24, 72 / 25.4
OUT = ROOT / "build" / "papers"


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every kind in every language, as data for the press."""
    for (kind, language), model in model_texts().items():
        with override(language):
            yield (
                f"{kind}-{language}",
                content_of(
                    model_version(model),
                    example_facts(DAY),
                    Imprint("Wonen & Welzijn Brugge", "2027-00001", DAY, language),
                ),
            )


def request_to_pay() -> tuple[dict[str, Any], str]:
    """A month of a usage fee as data for the press, and what its code has to say: to whom, how much, with which communication."""
    person, dwelling = Person(given_name="Linda", family_name="Dhondt"), Dwelling(address="Veltemweg 7")
    placement = Placement(pathway=Pathway(person=person), dwelling=dwelling)
    told: dict[str, Any] = {"number": "2027000042", "month": DAY, "due_on": DAY, "days": 31, "total": Decimal("330.15")}
    request = PaymentRequest(placement=placement, parts={"stay": "300.00", "gas": "30.15"}, paid=Decimal(0), **told)
    rule = ProgrammeRule(fee_iban="BE68 5390 0754 7034", fee_payee="OCMW Brugge")
    with override("nl"):
        title, parts = request_sheet(request, rule)
        content = sheet_content(title, parts, Imprint("Wonen & Welzijn Brugge", "2027-00001", DAY, "nl"))
    wanted = ["BCD", "002", "1", "SCT", "", "OCMW Brugge", "BE68539007547034", "EUR330.15", "", "", request.reference]
    return content, "\n".join(wanted)


def signed_paper() -> tuple[dict[str, Any], bytes]:
    """A paper with a drawn signature, a typed one and their evidence, as data for the press; and the same sealed."""
    shown = press(dict(contents())["loan_deed-nl"])
    told = {"when": "3 maart 2027, 14:05", "how": "op een scherm van het programma, getoond door Ruben Desmet"}
    signed = [
        Signed("resident", "Linda Dhondt", picture=picture_of([[90, 250, 140, 130, 190, 250, 350, 180]]), **told),
        Signed("lead", "Ruben Desmet", picture="", **told),
    ]
    digest = sha256(shown).hexdigest()
    with override("nl"), override_settings(SEALS=OUT / "seals"):
        content = signed_content(dict(contents())["loan_deed-nl"], signed, digest=digest, is_self_made=True)
        at = datetime(2027, 3, 3, 14, 5, tzinfo=UTC)
        return content, seal.sealed(press(content), UUID(int=1), "Wonen & Welzijn Brugge", shown=shown, at=at)


def read_by_another(pdf: bytes) -> str:
    """What an independent program reads in the code on the first page."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    return "".join(each.text for each in zxingcpp.read_barcodes(picture))


def milliseconds(*acts: Callable[[], object]) -> list[float]:
    """How long each takes, by the median of many tries: turn by turn, so that a machine that slows down slows all of them."""
    taken: list[list[float]] = [[] for _ in acts]
    for _ in range(REPEATS):
        for act, times in zip(acts, taken, strict=True):
            before = time.perf_counter()
            act()
            times.append((time.perf_counter() - before) * 1000)
    return [median(times) for times in taken]


def cold(content: dict[str, Any]) -> float:
    """How long the first paper of a process takes: the fonts are read, the form is compiled."""
    code = (
        "import sys, json, time; data = sys.stdin.read(); before = time.perf_counter(); import typst; "
        f"typst.Compiler({str(FORM)!r}, ignore_system_fonts=True).compile(format='pdf', sys_inputs={{'data': data}}, "
        "pdf_standards=['a-2a', 'ua-1']); print((time.perf_counter() - before) * 1000)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(content), capture_output=True, text=True, check=True
    )
    return float(told.stdout)


def bare(content: dict[str, Any]) -> Callable[[], object]:
    """The same document by the press alone, its data ready."""
    compiler, told = typst.Compiler(str(FORM), ignore_system_fonts=True), {"data": json.dumps(content)}
    return lambda: compiler.compile(format="pdf", sys_inputs=told, pdf_standards=["a-2a", "ua-1"])


def checked_by_another(folder: Path) -> tuple[int, list[str]]:
    """What an independent checker finds wrong, in all papers of a folder."""
    report = folder / "outloud.json"
    subprocess.run(
        [sys.executable, "-m", "outloud.cli", "--json", str(report), "--fail-on", "never", *map(str, folder.glob("*.pdf"))],
        check=True, capture_output=True,
    )  # fmt: skip
    told = json.loads(report.read_text())
    found = [
        f"{Path(file['path']).name}: {each['rule']}: {each['message']}"
        for file in told["results"]
        for each in file["findings"]
        if each["severity"] == "error"
    ]
    return len(found), found


def outside_the_margins(pdf: bytes) -> int:
    """How many letters stand where no text may stand."""
    beyond = 0
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        least, most = SIDE * POINTS_A_MM - 1, width - SIDE * POINTS_A_MM + 1
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            is_drawn = right > left and bool(text.get_text_range(at, 1).strip())
            beyond += is_drawn and (left < least or right > most or bottom < 0 or top > height)
    return beyond


def marks(pdf: bytes, language: str) -> list[str]:
    """What a paper does not say of itself and should."""
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    told = root["/Metadata"].get_data().decode()
    pages: list[Any] = list(reader.pages)
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]

    def says(name: str, value: str) -> bool:
        return f"<{name}>{value}</{name}>" in told or f'{name}="{value}"' in told

    asked = {
        "PDF/A-2a": says("pdfaid:part", "2") and says("pdfaid:conformance", "A"),
        "PDF/UA-1": says("pdfuaid:part", "1"),
        "tags": bool(root.get("/StructTreeRoot")) and bool(root["/MarkInfo"]["/Marked"]),
        "language": str(root.get("/Lang", "")).startswith(language),
        "fonts": all(_is_embedded(font) for font in fonts),
    }
    return [name for name, held in asked.items() if not held]


def _is_embedded(font: Any) -> bool:
    own = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    return any(name in own["/FontDescriptor"].get_object() for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def peak_of_many() -> float:
    """How much memory a process needs for two hundred papers in one run, in MiB."""
    code = "import tools.papers as p; p.set_many()"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(told.stdout.split()[-1])


def set_many() -> None:
    """Two hundred papers, and what this process needed at most."""
    every = [content for _name, content in contents()]
    for at in range(MANY):
        press(every[at % len(every)] | {"reference": f"2027-{at:05d}"})
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def hostile_texts() -> Iterator[str]:
    """Two hundred texts that have broken somebody's paper: markup of every kind, words without end, letters from right to left."""
    pieces = (
        "#set page(height: 1pt)", "$x^2$", "\\begin{x}", "<b>*_`", '"quoted" \'and\' so', "@ref <label>", "// note", "/* open", "*/",
        "#import \"/etc/passwd\": *", "#read(\"/etc/passwd\")", "#panic()", "#while true {}", "\\u{202e}rtl", "محمد علي", "שלום",
        "Ελένη Ђорђе", "\u202eomgekeerd", "zero\u200bwidth\u00adsoft", "{resident.name}", "{{ 7 * 7 }}", "{% load x %}", "%(name)s",
        "\ttab\r\nline", "e\u0301e\u0301e\u0301", "WWWWWWWWWW" * 12, "a" * 119, "https://example.org/" + "pad/" * 30, "-" * 100, "1234567890" * 12,
    )  # fmt: skip
    for at in range(MANY):
        first, second = pieces[at % len(pieces)], pieces[(at * 7 + 3) % len(pieces)]
        yield first if at < len(pieces) else f"{first} {second}"[: 60 + at]


def set_hostile() -> dict[str, Any]:
    """Every fact of a paper is a hostile text: none breaks it, runs off it, or takes long."""
    model, facts = model_version(model_texts()["loan_deed", "nl"]), example_facts(DAY)
    found: dict[str, Any] = {"texts": 0, "overflow": 0, "broken": [], "slowest_ms": 0.0}
    for words in hostile_texts():
        told = {name: words if isinstance(value, str) else value for name, value in facts.values.items()}
        case = replace(facts, values=told, parties=dict.fromkeys(facts.parties, words))
        before = time.perf_counter()
        try:
            with override("nl"):
                pdf = press(content_of(model, case, Imprint(words, words[:20], DAY, "nl")))
        except (typst.TypstError, Unprintable) as error:
            found["broken"].append(f"{words[:40]!r}: {error}")
            continue
        found["slowest_ms"] = round(max(found["slowest_ms"], (time.perf_counter() - before) * 1000), 1)
        found["overflow"] += outside_the_margins(pdf)
        found["texts"] += 1
    return found


def take_in_hostile() -> dict[str, Any]:
    """Every hostile file is taken in or refused by a program of its own: how long the slowest took, and the highest memory of any."""
    files, slowest = import_module("tests.documents.hostile_files").hostile_files(), 0.0
    with watched() as peaks:
        for name, content in files:
            before = time.perf_counter()
            cleaned(BytesIO(content), name, len(content))
            slowest = max(slowest, time.perf_counter() - before)
    return {"files": len(files), "slowest_seconds": round(slowest, 2), "peak_mib": round(max(peaks) / 1024, 1)}


@contextmanager
def watched() -> Iterator[list[int]]:
    """What the programs that open files from outside held at most so far, in KiB, looked at a few hundred times a second."""
    peaks, over = [0], Event()

    def watch() -> None:
        while not over.wait(0.002):
            peaks.extend(filter(None, map(_peak_of, Path("/proc").glob("[0-9]*"))))

    watcher = Thread(target=watch)
    watcher.start()
    yield peaks
    over.set()
    watcher.join()


def _peak_of(process: Path) -> int:
    try:
        if PROGRAM.name.encode() not in (process / "cmdline").read_bytes():
            return 0
        told = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    except OSError:  # it ended while we looked
        return 0
    return int(told.get("VmHWM", "0").split()[0])


def missed_in(report: dict[str, Any]) -> list[str]:
    """The figures that miss their goal."""
    files, texts = report["hostile_files"], report["hostile"]
    missed = [name for name, goal in GOALS.items() if report[name] > goal]
    missed += ["hostile_files"] if files["slowest_seconds"] > SECONDS or files["peak_mib"] > MEBIBYTES else []
    return missed + (["hostile"] if texts["overflow"] or texts["broken"] else [])


def main() -> int:
    """Set every paper, look at it, write the figures; one that misses its goal fails."""
    OUT.mkdir(parents=True, exist_ok=True)
    asked, wanted = request_to_pay()
    signed, sealed = signed_paper()
    every, overflow = dict(contents()) | {"payment_request-nl": asked, "signed-nl": signed}, 0
    (OUT / "sealed-nl.pdf").write_bytes(sealed)
    faults = (
        [] if read_by_another(press(asked)) == wanted else ["payment_request-nl lacks a code that reads as it should"]
    )
    for name, content in every.items():
        pdf = press(content)
        (OUT / f"{name}.pdf").write_bytes(pdf)
        overflow += outside_the_margins(pdf)
        faults += [f"{name} lacks {each}" for each in marks(pdf, content["lang"])]
    faults += [f"sealed-nl lacks {each}" for each in marks(sealed, "nl")]
    ua_errors, found = checked_by_another(OUT)
    times = {name: milliseconds(partial(press, content), bare(content)) for name, content in every.items()}
    report: dict[str, Any] = {
        "kinds": len({kind for kind, _language in model_texts()}),
        "papers": len(every),
        "ua_errors": ua_errors,
        "overflow": overflow,
        "warm_ms": round(median(warm for warm, _alone in times.values()), 2),
        "cold_ms": round(median(cold(content) for content in every.values()), 2),
        "ratio_to_typst": round(median(warm / alone for warm, alone in times.values()), 3),
        "peak_mib": round(peak_of_many(), 1),
        "lacks": faults,
        "hostile": set_hostile(),
        "hostile_files": take_in_hostile(),
    }
    (ROOT / "build" / "papers.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2), *found, sep="\n")
    missed = missed_in(report)
    print(*(f"Missed: {name} is {report[name]}, the goal is {GOALS.get(name, 0)}." for name in missed), sep="\n")
    return 1 if missed or faults else 0


if __name__ == "__main__":
    sys.exit(main())
