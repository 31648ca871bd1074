"""Who signs a paper: who is asked, who signed how and when, who refused and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.timezone import make_naive

from intrek.ground.documents import store
from intrek.ground.documents.facts import facts_of
from intrek.ground.documents.models import PaperFile, Signature
from intrek.ground.documents.placeholders import PARTIES
from intrek.ground.documents.queries.papers import changes_of, files_of
from intrek.ground.documents.rules import Shown
from intrek.ground.documents.shipped import BINDING
from intrek.ground.partners.models import Membership


@dataclass(frozen=True)
class Signing:
    """One party of a file, and what it did with it so far."""

    file: PaperFile
    party: str
    name: str
    signature: Signature | None

    @property
    def label(self) -> str:
        """The party, as people say it."""
        return str(capfirst(PARTIES[self.party]))

    @property
    def is_signed(self) -> bool:
        """Whether this party signed."""
        return bool(self.signature and self.signature.signed_at)

    @property
    def is_refused(self) -> bool:
        """Whether this party said no."""
        return bool(self.signature and self.signature.refused_on)

    @property
    def is_asked(self) -> bool:
        """Whether this party was asked to sign on pages of its own, and did not answer yet."""
        return bool(self.signature and self.signature.asked_on and not self.is_refused)


def signings_of(file: PaperFile, signatures: Iterable[Signature]) -> list[Signing]:
    """The parties of a file, in the order in which they sign."""
    found = {each.party: each for each in signatures if each.file_id == file.pk}
    return [Signing(file, party, name, found.get(party)) for party, name in file.parties.items()]


def signatures_of(files: Iterable[PaperFile]) -> QuerySet[Signature]:
    """What was done with these files, in the order it was done."""
    return Signature.objects.filter(file__in=list(files)).order_by("created_at", "pk")


def files_open_to(member: Membership) -> QuerySet[PaperFile]:
    """The files of papers that the member may look at: the team all, a landlord those that it was asked to sign (P7).

    A landlord is asked before the resident lives there, and sees the paper and no more of the pathway than stands in it.
    """
    asked = PaperFile.objects.filter(pk__in=Signature.objects.visible_to(member).values("file_id"))
    files = PaperFile.objects.visible_to(member) if member.is_staff_of_programme else asked
    return files.select_related("paper__rule", "paper__programme", "paper__pathway__person", "text")


def to_sign(member: Membership) -> QuerySet[Signature]:
    """What somebody's organisation was asked to sign and has not signed or refused yet, the longest asked first."""
    asked = Signature.objects.visible_to(member).filter(organisation_id=member.organisation_id)
    waiting = asked.filter(signed_at=None, refused_on=None, file__signed_on=None)
    return waiting.select_related("file__paper__rule").order_by("asked_on", "pk")


def shown_of(file: PaperFile, party: str, on: date) -> Shown:
    """What is known of a file when this party is about to sign it."""
    files = files_of([file.paper])[file.paper_id]
    signature = Signature.objects.filter(file=file, party=party).first()
    signed = make_naive(signature.signed_at).date() if signature and signature.signed_at else None
    same_kind = [each for each in files if each.language == BINDING and each.corrects_id == file.corrects_id]
    return Shown(
        # A copy in another language is there to be read.
        is_asked=party in file.parties and file.language == BINDING,
        signed_by=signature.name if signature else "",
        signed_on=signed,
        is_in=file.signed_on is not None,
        digest=sha256(store.fetch(file.name)).hexdigest(),
        latest=same_kind[0].number if same_kind else file.number,
        number=file.number,
        changes=_changed(file, on),
    )


def _changed(file: PaperFile, on: date) -> list[Mapping[str, Any]]:
    facts = facts_of(file.paper.stay_id, on, BINDING)
    if facts is None or facts.is_over:
        return []
    return [{"fact": each.label, "was": each.was, "now": each.now} for each in changes_of(file.facts, facts)]


def unsigned_parties(file: PaperFile) -> set[str]:
    """The parties of a file that have not signed it."""
    signed = Signature.objects.filter(file=file).exclude(signed_at=None).order_by().values_list("party", flat=True)
    return set(file.parties) - set(signed)


def organisation_of(file: PaperFile, party: str, on: date) -> UUID | None:
    """Which organisation signs for a party on pages of its own, if any does."""
    facts = facts_of(file.paper.stay_id, on, BINDING)
    return facts.organisations.get(party) if facts else None
