"""The programme's own mark on its papers."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.documents import store
from intrek.ground.documents.actions.papers import forget_files
from intrek.ground.documents.models import Logo, UploadKind
from intrek.ground.documents.rules import Reason
from intrek.ground.documents.uploads import Cleaned
from intrek.ground.partners.models import Membership
from intrek.ground.programmes.models import Programme


def set_logo(programme: Programme, *, picture: Sequence[Cleaned], by: Membership) -> Logo:
    """A picture stands at the head of the papers made from now on; those that were made keep theirs."""
    is_picture = len(picture) == 1 and picture[0].kind == UploadKind.PHOTO
    refuse_if([] if is_picture else [Refusal(Reason.ONE_PICTURE, form_field="picture")])
    before, name = Logo.objects.filter(programme=programme).first(), store.keep(picture[0].file)
    try:
        logo, _made = Logo.objects.update_or_create(programme=programme, defaults={"name": name, "saved_by": by.label})
    except Exception:
        forget_files(name)
        raise
    if before:
        forget_files(before.name)
    return logo


@transaction.atomic
def drop_logo(programme: Programme) -> None:
    """Papers bear the programme's name again."""
    for each in Logo.objects.filter(programme=programme):
        transaction.on_commit(partial(forget_files, each.name))
        each.delete()
