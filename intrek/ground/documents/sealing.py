"""A paper that everybody signed is set once more with the signatures and their evidence, and sealed as a whole."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from intrek.ground.common import wall
from intrek.ground.common.wording import day
from intrek.ground.documents import seal, store
from intrek.ground.documents.content import Signed, signed_content
from intrek.ground.documents.ink import picture_of
from intrek.ground.documents.models import PaperFile, Signature
from intrek.ground.documents.press import press
from intrek.ground.documents.shipped import BINDING


def seal_file(file_id: UUID | str, programme_id: UUID | str, *, at: datetime) -> bool:
    """Seal this file; False when it is sealed already, or is not there any more.

    The press and the seal take a moment: they work outside of a transaction, and only the name of what they made is written.
    """
    with wall.within(programme_id):
        file = PaperFile.objects.select_related("paper__rule", "programme").filter(pk=file_id, sealed="").first()
        signatures = list(file.signatures.exclude(signed_at=None).order_by("signed_at", "pk")) if file else []
    if file is None or not file.source or not signatures:
        return False
    name = store.keep(sealed_of(file, signatures, at=at))
    with wall.within(programme_id):
        written = PaperFile.objects.filter(pk=file.pk, sealed="").order_by().update(sealed=name)
    if not written:
        store.drop(name)
    return bool(written)


def sealed_of(file: PaperFile, signatures: Iterable[Signature], *, at: datetime) -> bytes:
    """The paper with its signatures and the evidence page, the file that was shown inside, and the seal over all of it."""
    with override(BINDING):
        content, signed = json.loads(store.fetch(file.source)), [_signed(each) for each in signatures]
        is_self_made = seal.is_self_made(file.programme_id)
        pdf = press(signed_content(content, signed, digest=file.digest, is_self_made=is_self_made))
    return seal.sealed(pdf, file.programme_id, str(file.programme), shown=store.fetch(file.name), at=at)


def _signed(signature: Signature) -> Signed:
    moment = localtime(signature.signed_at)
    told = {"day": day(moment.date()), "time": f"{moment:%H:%M}", "account": signature.by_label}
    how = _("on a screen of the programme, shown by %(account)s") if signature.way == "screen" else _("on pages of their own, as %(account)s")  # fmt: skip
    return Signed(
        party=signature.party,
        name=signature.name,
        when=_("%(day)s, %(time)s") % told,
        how=how % told,
        picture=picture_of(signature.ink) if signature.ink else "",
    )
