"""Files that somebody adds to a row of another room: made anew, kept under random names, gone again if the row is not written."""

from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.documents import store
from intrek.ground.documents.models import Upload
from intrek.ground.documents.rules import Unfit
from intrek.ground.documents.uploads import Cleaned, cleaned
from intrek.ground.journal.actions import Actor
from intrek.ground.pathways.models import Pathway


def title_of(file: UploadedFile) -> str:
    """What a file is called, without the folders it lay in and in letters that can be read."""
    name = PurePath(str(file.name or "").replace("\\", "/")).name
    return "".join(each for each in name if each.isprintable())[-120:] or "-"


def take_in(files: Sequence[Any]) -> list[Cleaned]:
    """These files made anew, in their order; refused with every reason why one of them is not taken in, and then none is.

    It takes seconds: done before a transaction begins, so that nobody else waits for it.
    """
    if len(files) > settings.UPLOAD_MOST_FILES:
        refuse_if([Refusal(Unfit.TOO_MANY, {"most": settings.UPLOAD_MOST_FILES})])
    found = [cleaned(file, title_of(file), file.size or 0) for file in files]
    refuse_if(each for each in found if isinstance(each, Refusal))
    return [each for each in found if isinstance(each, Cleaned)]


def attach(files: Sequence[Cleaned], pathway: Pathway, of_id: UUID, *, by: Actor | None) -> list[Upload]:
    """Keep these files, made anew before, with a row of this pathway."""
    return [_keep(each, pathway, of_id, by=by) for each in files]


def detach(upload: Upload) -> None:
    """A file that was added goes again."""
    transaction.on_commit(partial(store.drop, upload.name))
    transaction.on_commit(partial(store.drop, upload.small))
    upload.delete()


def _keep(each: Cleaned, pathway: Pathway, of_id: UUID, *, by: Actor | None) -> Upload:
    made = Upload(
        programme_id=pathway.programme_id,
        pathway=pathway,
        of_id=of_id,
        title=each.title,
        kind=each.kind,
        pages=each.pages,
        has_signature=each.has_signature,
        name=store.keep(each.file),
        digest=sha256(each.file).hexdigest(),
        size=len(each.file),
        by_label=(by.label if by else "")[:120],
    )
    made.small = store.keep(each.small)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except Exception:
        store.drop(made.name)
        store.drop(made.small)
        raise
    return made
