"""``make handbook``: the tables of the handbook, written from the code itself, in Dutch."""

import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import django
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from intrek.ground.access.models import Ground  # noqa: E402  the project's folder comes first
from intrek.ground.access.policy import PARTNER_READS, PERMISSIONS, readable  # noqa: E402
from intrek.ground.access.queries import in_words  # noqa: E402
from intrek.ground.documents.placeholders import CONDITIONS, CONTRARY  # noqa: E402
from intrek.ground.documents.queries import published  # noqa: E402
from intrek.ground.partners.models import Role  # noqa: E402
from intrek.windows.rights.rules import KEPT, Erase, data_map  # noqa: E402

CHAPTERS = tuple(ROOT / "docs" / f"{name}.md" for name in ("wie-ziet-wat", "gegevens", "papieren"))
BLOCK = re.compile(r"(<!-- begin: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A table as Markdown writes it."""
    first, *rest = [[str(cell) for cell in row] for row in (head, *rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in [first, ["---"] * len(first), *rest])


def partner_reads() -> str:
    """What a partner reads on which ground, and what more when organisation and function are bound by secrecy."""
    rows = []
    for role, ground in PARTNER_READS:
        free, bound = (readable(role, ground, bound=bound) for bound in (False, True))
        rows.append([role.label, Ground(ground).label, in_words(free), in_words(bound - free) or "–"])
    return table(["wie", "waarom", "leest ten hoogste", "en met beroepsgeheim ook"], rows)


def roles() -> str:
    """Which role opens which pages."""
    rows = ([f"`{name}`", *("x" if role in held else "" for role in Role)] for name, held in PERMISSIONS.items())
    return table(["recht", *(role.label for role in Role)], rows)


def categories() -> str:
    """The categories of facts, on what ground they are kept and how long."""
    told = data_map().categories.values()
    return table(["soort", "grond", "bewaard"], ([each["nl"], each["ground"], each["keep"]] for each in told))


def fields() -> str:
    """Every field that says something about a person, with its category and what an erasure does."""
    names, rows = data_map().categories, []
    for each in data_map().tables:
        for category in names:
            inside = [f"`{name}`" for name, kind in each.fields.items() if kind == category]
            gone = "rij weg" if each.erase == Erase.DELETE else "leeg" if category not in KEPT else "blijft"
            rows += [[f"`{each.label}`", names[category]["nl"], ", ".join(inside), gone]] if inside else []
    return table(["tabel", "soort", "velden", "bij wissen"], rows)


def without() -> str:
    """The tables that say nothing about a person, and why."""
    return table(["tabel", "waarom niet"], ([f"`{label}`", why] for label, why in data_map().without.items()))


def placeholders() -> str:
    """What a text of a paper may name."""
    return table(
        ["schrijf", "op het papier", "soort"], ([f"`{name}`", label, kind] for name, label, kind in published())
    )


def conditions() -> str:
    """When an article of a text can be used, and what never holds together."""
    pairs = {name: other for pair in CONTRARY for name in pair for other in pair - {name}}
    return table(
        ["alleen als", "nooit samen met"],
        ([label, CONDITIONS[pairs[name]] if name in pairs else "–"] for name, label in CONDITIONS.items()),
    )


TABLES: dict[str, Callable[[], str]] = {
    each.__name__: each for each in (partner_reads, roles, categories, fields, without, placeholders, conditions)
}


def written(chapter: Path) -> str:
    """A chapter with its tables as the policy and the data map are now."""
    with translation.override("nl"):
        return BLOCK.sub(lambda found: found[1] + TABLES[found[2]]() + found[3], chapter.read_text(encoding="utf-8"))


if __name__ == "__main__":
    for each in CHAPTERS:
        each.write_text(written(each), encoding="utf-8")
