"""A person is given all that is kept of them, or erased: from every table, draft, list and line of the record."""

import json
from datetime import date
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from intrek.ground.common.refusals import refuse_if
from intrek.ground.documents.actions import forget_files
from intrek.ground.documents.queries import kept_file
from intrek.ground.journal.actions import Actor, record
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.actions import forget
from intrek.ground.people.models import Person
from intrek.windows.rights.queries import Given, as_data, drafts_about, files_given, listed_about, pathways_of, rows_of
from intrek.windows.rights.rules import OWN_MEANS, RECORD, Erase, Mapped, data_map, empty_of, erase_reasons


def give_everything(pathway: Pathway, *, on: date, by: Actor | None) -> IO[bytes]:
    """Everything about the person of a pathway in one archive: for a machine to read, and every file (GDPR art. 15.3 and 20).

    That it was given is on the timeline.
    """
    told: dict[str, Any] = as_data(pathway.person)
    files = files_given(pathway.person)
    archive = TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    with ZipFile(archive, "w") as opened:
        told["files"] = [_put(opened, each) for each in files]
        opened.writestr("everything.json", json.dumps(told, indent=1, ensure_ascii=False, cls=DjangoJSONEncoder))
    archive.seek(0)
    record(pathway, "rights.given", on=on, by=by)
    return archive


def _put(archive: ZipFile, file: Given) -> dict[str, str]:
    """Lay a file in the archive under a name that its content gives; one that the store lost is named all the same."""
    content, path = kept_file(file.name), ""
    if content is not None:
        path = file.path + (".pdf" if content.startswith(b"%PDF") else ".jpg")
        archive.writestr(path, content)
    return {"table": file.table, "name": file.name, "path": path}


@transaction.atomic
def erase_person(pathway: Pathway, *, number: str, why: str, on: date, by: Actor | None) -> Pathway:
    """Take away what is known about the person of a pathway, of all their pathways; the figures keep their days.

    The record keeps its chain: payloads are emptied, their digests stay. A keyed digest remembers that an old list does not
    bring the person back.
    """
    person, every = pathway.person, list(pathways_of(pathway.person))
    still_open = [each.number for each in every if each.is_open]
    refuse_if(erase_reasons(still_open, number=pathway.number, typed=number, why=why))
    forget(person, on=on)
    _what_is_typed_and_listed(person)
    for table in data_map().tables:
        if table.to not in OWN_MEANS:
            _erase(table, person)
    record_of = next(each for each in data_map().tables if each.to == RECORD)
    rows_of(record_of, person).order_by().update(facts={}, salt="")
    for each in every:
        record(each, "rights.erased", on=on, by=by, why=why.strip())
    return Pathway.objects.get(pk=pathway.pk)


def _what_is_typed_and_listed(person: Person) -> None:
    tables = [each for each in data_map().tables if each.to not in OWN_MEANS]
    ids = {row.pk for table in tables for row in rows_of(table, person)}
    for each in [*drafts_about(person, ids), *listed_about(person)]:
        each.delete()


def _erase(table: Mapped, person: Person) -> None:
    rows = rows_of(table, person)
    for names in rows.values_list(*table.stored) if table.stored else ():
        # The row first: a row without its file would be a loss, a file without its row is none.
        transaction.on_commit(partial(forget_files, *names))
    if table.erase == Erase.DELETE:
        rows.delete()
        return
    for row in rows:
        empty: dict[str, Any] = {name: empty_of(row._meta.get_field(name), row) for name in table.emptied}
        if empty:
            type(row)._base_manager.filter(pk=row.pk).update(**empty, saved_by="")
