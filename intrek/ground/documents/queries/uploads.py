"""The files that hang on rows of other rooms."""

from collections.abc import Collection
from uuid import UUID

from intrek.ground.common.downloads import JPEG, PDF
from intrek.ground.documents import store
from intrek.ground.documents.models import Upload, UploadKind

ENDINGS = {UploadKind.PHOTO: ("jpg", JPEG), UploadKind.PDF: ("pdf", PDF)}


def uploads_of(programme_id: UUID, of_ids: Collection[UUID]) -> dict[UUID, list[Upload]]:
    """The files of these rows, by row, in the order they were added; one query, none without rows."""
    found: dict[UUID, list[Upload]] = {}
    rows = Upload.objects.filter(programme_id=programme_id, of_id__in=of_ids) if of_ids else Upload.objects.none()
    for each in rows.order_by("created_at", "pk"):
        found.setdefault(each.of_id, []).append(each)
    return found


def whole_of(upload: Upload, number: str) -> tuple[bytes, str, str]:
    """What a file holds, how it is called outside and what it is; the name is made from the pathway's number and tells nothing more."""
    ending, content_type = ENDINGS[UploadKind(upload.kind)]
    return store.fetch(upload.name), f"{number}-{upload.digest[:8]}.{ending}", content_type


def small_of(upload: Upload) -> bytes:
    """The small picture of a file, as it was drawn when the file was taken in."""
    return store.fetch(upload.small)


def kept_file(name: str) -> bytes | None:
    """What the store keeps under a name; none when it lost the file."""
    try:
        return store.fetch(name)
    except FileNotFoundError:
        return None
