"""Papers: their texts in versions, which a stay asks for, each as it was made, and when it was signed (P9, P13)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import LandlordQuerySet, VisibleQuerySet
from intrek.ground.common.rows import Row
from intrek.ground.documents.placeholders import PARTIES
from intrek.ground.documents.shipped import BINDING
from intrek.ground.partners.models import Organisation
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import PaperGroup, PaperRule, Programme

# Before the party in the name of a fact: who signs.
SIGNER = "signer."
# What comes along the way or at leaving is not missed before.
NOT_MISSED = (PaperGroup.ALONG, PaperGroup.LEAVING)


class Text(Row):
    """One version of the text of a kind of paper. A draft until somebody else approved it; then it holds from a day on.

    ``code`` is the kind, as the track's rule names it; ``signers`` are parties; ``editors`` the members who wrote on it. ``copy_of``
    is told of a copy to read in another language, once it is approved: the binding version whose words it says, none: the model that ships.
    It holds as long as that version does.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="texts")
    code = models.SlugField(_("kind of paper"), max_length=40)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    signers = models.JSONField(_("who signs"), default=list)
    editors = models.JSONField(default=list)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=120, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    copy_of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="copies")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code", "language", "number"], name="one_text_per_number"),
            models.UniqueConstraint(
                fields=["programme", "code", "language"],
                condition=models.Q(approved_on=None),
                name="one_draft_of_a_text",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Not approved yet."""
        return self.approved_on is None

    @property
    def is_copy(self) -> bool:
        """There to be read; another language binds."""
        return self.language != BINDING


class Article(Row):
    """One article of a text; ``only_if`` are the conditions that must all hold for it to be used."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="articles")
    position = models.PositiveSmallIntegerField(default=0)
    heading = models.CharField(_("heading"), max_length=120, blank=True)
    body = models.TextField(_("text"))
    only_if = models.JSONField(_("use this article if"), default=list)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading


class Logo(Row):
    """The programme's own mark, at the head of its papers: a picture that was made anew, in the store under ``name``."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="logo")
    name = models.CharField(max_length=40)


class Paper(Row):
    """One paper of one pathway, drawn from the track's rule; ``signed_on`` empty means not signed yet.

    ``stay_id`` names the stay or term it belongs to, by id: a second stay has its own papers. ``untrue_on`` is since when it was noticed
    that what it says is no longer so; whether that is the case today is reckoned from its facts.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="papers")
    rule = models.ForeignKey(PaperRule, on_delete=models.PROTECT, related_name="+")
    stay_id = models.UUIDField()
    group = models.CharField(max_length=12, choices=PaperGroup.choices)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_by = models.CharField(_("signed by"), max_length=200, blank=True)
    not_needed_why = models.CharField(_("not needed, because"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    untrue_on = models.DateField(_("noticed as no longer true on"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stay_id", "rule"], name="one_paper_per_stay_and_rule")]
        indexes = [
            models.Index(fields=["programme", "pathway"], name="paper_pathway"),
            # What is no longer true is little, however many papers there are.
            models.Index(fields=["programme"], name="paper_untrue", condition=models.Q(untrue_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.rule)

    @property
    def is_in(self) -> bool:
        """Signed, or set aside with a reason (P20)."""
        return self.signed_on is not None or bool(self.not_needed_why)

    @property
    def is_missing(self) -> bool:
        """Asked for by a stay or term that goes on, and not in."""
        return not self.is_in and self.group not in NOT_MISSED


class FileQuerySet(VisibleQuerySet):
    """Files of papers."""

    pathway_path = "paper__pathway_id"


class PaperFile(Row):
    """A paper as it was made: the exact file, the version of the text it was made from, and the facts that are printed in it.

    ``text`` empty: made from the model that ships. ``facts`` by published name, as printed. ``name`` is where the store keeps the
    file, ``digest`` its SHA-256: a signature is about this file and no other; ``source`` is where it keeps what the press was given.
    ``corrects`` is the signed file of which this one sets facts right. ``sealed`` is where the store keeps it once everybody has
    signed: with the signatures, their evidence, and the programme's seal over all of it.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="files")
    text = models.ForeignKey(Text, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    made_on = models.DateField(_("made on"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    facts = models.JSONField(_("facts printed"), default=dict)
    source = models.CharField(max_length=40, blank=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="corrections")
    name = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    sealed = models.CharField(max_length=40, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="one_file_per_number")]

    def __str__(self) -> str:
        return f"{self.paper}, {self.number}"

    @property
    def parties(self) -> dict[str, str]:
        """Who is asked to sign it: the names by party."""
        named = {name.removeprefix(SIGNER): told for name, told in self.facts.items() if name.startswith(SIGNER)}
        return {party: name for party, name in named.items() if name}


class Way(models.TextChoices):
    """How somebody signed."""

    SCREEN = "screen", _("on a screen of the programme")
    PORTAL = "portal", _("on pages of their own")


class Signature(Row):
    """What one party did with a file it was asked to sign: asked, signed, or refused with a reason.

    ``digest`` is that of the very file that was shown; ``ink`` are the strokes of the pen, empty when the name alone stands for it.
    ``organisation`` is who was asked to sign on pages of its own.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    file = models.ForeignKey(PaperFile, on_delete=models.CASCADE, related_name="signatures")
    party = models.CharField(_("party"), max_length=10, choices=list(PARTIES.items()))
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(_("asked on"), null=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    way = models.CharField(_("how"), max_length=6, choices=Way.choices, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    digest = models.CharField(max_length=64, blank=True)
    ink = models.JSONField(default=list)
    by_label = models.CharField(_("on whose account"), max_length=120, blank=True)
    refused_on = models.DateField(_("refused on"), null=True)
    refused_why = models.CharField(_("refused because"), max_length=200, blank=True)

    objects = LandlordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "party"], name="one_signature_of_a_party")]
        # What a landlord still has to sign is few, however many papers there are.
        indexes = [
            models.Index(
                fields=["organisation"], name="signature_asked", condition=models.Q(signed_at=None, refused_on=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_party_display()}"


class UploadKind(models.TextChoices):
    """What a file from outside is, by what it holds."""

    PHOTO = "photo", _("photo")
    PDF = "pdf", "PDF"


class Upload(Row):
    """A file that somebody added: a scan, a photo, a letter. ``of_id`` is the row it hangs on, and opens to whoever may read that row.

    ``title`` is what it was called where it came from, to be read and nothing else. ``name`` and ``small`` are where the store keeps
    it and the small picture of it. A file that ``has_signature`` is kept to the byte; every other one was made anew.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="uploads")
    of_id = models.UUIDField()
    title = models.CharField(_("name of the file"), max_length=120)
    kind = models.CharField(max_length=5, choices=UploadKind.choices)
    pages = models.PositiveSmallIntegerField(_("pages"), default=1)
    has_signature = models.BooleanField(default=False)
    name = models.CharField(max_length=40)
    small = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by_label = models.CharField(_("from whom"), max_length=120, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["of_id"], name="upload_of"),
            models.Index(fields=["programme", "pathway"], name="upload_pathway"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_photo(self) -> bool:
        """It can be looked at on a page; a PDF is only ever a download."""
        return self.kind == UploadKind.PHOTO
