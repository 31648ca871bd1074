"""The texts of the rooms in Dutch and French: gathered, checked and compiled with Babel, no gettext programs needed.

tools/messages.py update [ROOM]   new texts into the catalogues of all rooms, or of one
tools/messages.py check           says what is missing, fuzzy, obsolete, contradictory or has other placeholders
tools/messages.py compile         writes the .mo files (not kept in git)
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("nl", "fr")
# Which argument is what, counted from 1: (context, singular, plural).
CALLS = {
    "_": (0, 1, 0),
    "gettext": (0, 1, 0),
    "gettext_lazy": (0, 1, 0),
    "gettext_noop": (0, 1, 0),
    "ngettext": (0, 1, 2),
    "ngettext_lazy": (0, 1, 2),
    "pgettext": (1, 2, 0),
    "pgettext_lazy": (1, 2, 0),
    "npgettext": (1, 2, 3),
    "npgettext_lazy": (1, 2, 3),
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\s(_|n?p?gettext)\(({LITERAL}(?:,\s*{LITERAL})*)(?:,\s*count)?\)")
FORMAT_NAMES = re.compile(r"%\((\w+)\)[sdif]|\{(\w*)\}")
Key = tuple[str | None, str]


class Text(NamedTuple):
    """One text a page can show, and the file it stands in."""

    context: str | None
    singular: str
    plural: str | None
    where: str


def rooms(root: Path = ROOT) -> dict[str, Path]:
    """Every folder that has catalogues of its own, by name: the rooms, and the project."""
    found = {path.parent.name: path.parent for path in sorted(root.glob("intrek/*/*/apps.py"))}
    return {**found, "config": root / "config"}


def _text(call: str, words: Sequence[str | None], where: str) -> Text | None:
    context, singular, plural = (words[at - 1] if 0 < at <= len(words) else None for at in CALLS[call])
    return Text(context, singular, plural, where) if singular else None


def texts_of_python(path: Path, where: str) -> Iterator[Text]:
    """The texts a module marks with gettext and its kin."""
    with path.open("rb") as file:
        calls: Iterator[Any] = extract_python(file, dict.fromkeys(CALLS), [], {"encoding": "utf-8"})
        for _line, call, found, _comments in calls:
            text = _text(call, (found,) if isinstance(found, str) else found, where)
            if text:
                yield text


def texts_of_template(source: str, where: str) -> Iterator[Text]:
    """The texts a template marks with trans, blocktrans and _()."""
    for call, arguments in TEMPLATE_CALL.findall(" " + templatize(source)):
        words = [ast.literal_eval(literal) for literal in re.findall(LITERAL, arguments)]
        text = _text(call, words, where)
        if text:
            yield text


def texts_of_room(folder: Path, root: Path = ROOT) -> Iterator[Text]:
    """Every text of a room, file after file."""
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from texts_of_python(path, path.relative_to(root).as_posix())
    for path in sorted(p for kind in ("html", "txt") for p in folder.rglob(f"templates/**/*.{kind}")):
        yield from texts_of_template(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())


def template_catalog(texts: Iterable[Text]) -> Catalog:
    """The texts as an empty catalogue: each once, with all the files it stands in."""
    catalog = Catalog()
    for text in texts:
        ident = (text.singular, text.plural) if text.plural else text.singular
        catalog.add(ident, context=text.context, locations=[(text.where, 0)])
    return catalog


def po_file(folder: Path, language: str) -> Path:
    """Where a room keeps a language."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalog(path: Path, language: str) -> Catalog:
    """A catalogue as it stands on disk; empty when there is none."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write_catalog(path: Path, catalog: Catalog) -> None:
    """The catalogue, sorted, without dates and line numbers: two people's additions merge."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale_identifier}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    with path.open("wb") as file:
        file.write(header.encode())
        write_po(
            file, catalog, width=120, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False
        )


def key(message: Message) -> Key:
    """What tells two texts apart: the context and the singular."""
    ident = message.id
    return (message.context, ident[0] if isinstance(ident, list | tuple) else ident)


def forms_of(words: str | Sequence[str | None] | None) -> list[str]:
    """The forms of a text, singular first; a missing one is empty."""
    return [words or ""] if words is None or isinstance(words, str) else [form or "" for form in words]


def is_translated(message: Message) -> bool:
    """Whether every form of the text has words."""
    return all(forms_of(message.string))


def known_translations(language: str, root: Path = ROOT) -> dict[Key, Message]:
    """What any room already says in this language, so that one text is translated once."""
    known: dict[Key, Message] = {}
    for folder in rooms(root).values():
        for message in read_catalog(po_file(folder, language), language):
            if message.id and is_translated(message) and not message.fuzzy:
                known.setdefault(key(message), message)
    return known


def update(names: list[str], root: Path = ROOT) -> None:
    """Gather the texts of the named rooms into their catalogues; translations that stand elsewhere are taken over."""
    for name, folder in rooms(root).items():
        if names and name not in names:
            continue
        texts = list(texts_of_room(folder, root))
        for language in LANGUAGES:
            # Once per language: a catalogue takes over the messages themselves, and would hand its words to the next.
            gathered = template_catalog(texts)
            path = po_file(folder, language)
            if not len(gathered) and not path.exists():
                continue
            catalog = read_catalog(path, language)
            catalog.update(gathered, no_fuzzy_matching=True, update_header_comment=False)
            _borrow(catalog, known_translations(language, root))
            write_catalog(path, catalog)
            missing = sum(1 for message in catalog if message.id and not is_translated(message))
            print(f"{path.relative_to(root)}: {len(catalog)} texts, {missing} to translate")


def _borrow(catalog: Catalog, known: dict[Key, Message]) -> None:
    for message in catalog:
        other = known.get(key(message))
        if message.id and not is_translated(message) and other and type(other.id) is type(message.id):
            message.string = other.string


def faults_of_message(message: Message) -> Iterator[str]:
    """Why one entry is not fit to be shown."""
    if message.fuzzy:
        yield "fuzzy"
    if not is_translated(message):
        yield "not translated"
        return
    sources = forms_of(message.id)
    wanted = [_placeholders(source) for source in sources]
    for form in forms_of(message.string):
        # A plural form may leave out the number ("one visit"), never bring in a name the text does not give.
        fits = _placeholders(form) in wanted if len(sources) > 1 else _placeholders(form) == wanted[0]
        if not fits:
            yield f"placeholders differ: {form!r}"
        if form != form.strip() and sources[0] == sources[0].strip():
            yield f"blank at the edge: {form!r}"


def _placeholders(text: str) -> set[str]:
    return {"".join(match) for match in FORMAT_NAMES.findall(text)}


def faults(root: Path = ROOT) -> list[str]:
    """Everything that keeps the catalogues from being complete."""
    found: list[str] = []
    for language in LANGUAGES:
        said: dict[Key, tuple[str, object]] = {}
        for folder in rooms(root).values():
            path = po_file(folder, language)
            gathered = {key(m): m for m in template_catalog(texts_of_room(folder, root)) if m.id}
            catalog = read_catalog(path, language)
            entries = {key(m): m for m in catalog if m.id}
            name = path.relative_to(root).as_posix()
            found += [f"{name}: missing {k[1]!r}" for k in gathered if k not in entries]
            found += [f"{name}: obsolete {k[1]!r}" for k in [*entries, *catalog.obsolete] if k not in gathered]
            for k, message in entries.items():
                found += [f"{name}: {fault} in {k[1]!r}" for fault in faults_of_message(message)]
                first, words = said.setdefault(k, (name, message.string))
                if words != message.string:
                    found.append(f"{name}: {k[1]!r} is {message.string!r} here, {words!r} in {first}")
    return found


def compile_all(root: Path = ROOT) -> int:
    """Write the .mo files that changed; says how many catalogues there are."""
    count = 0
    for path in sorted([*root.glob("intrek/*/*/locale/*/*/*.po"), *root.glob("config/locale/*/*/*.po")]):
        count += 1
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        with compiled.open("wb") as file:
            write_mo(file, read_catalog(path, path.parent.parent.name))
    return count


def main(arguments: list[str]) -> int:
    """The command line."""
    command, *names = arguments or ["help"]
    if command == "update" and set(names) <= set(rooms()):
        update(names)
    elif command == "check":
        found = faults()
        print("\n".join(found) or "The catalogues are complete.")
        return 1 if found else 0
    elif command == "compile":
        compile_all()
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
