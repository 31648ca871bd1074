"""Every address of the project, filled in with rows of a story."""

from dataclasses import dataclass
from itertools import product

from django.urls import URLPattern, get_resolver, reverse

from intrek.ground.access.models import Share
from intrek.ground.documents.models import Article, Paper, PaperFile, Text, Upload
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.partners.models import Contact, Membership, Organisation, Protocol, Reset
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.models import Consent
from intrek.ground.post.models import Announcement, Mail, Message
from intrek.ground.programmes.models import CodeItem, Criterion
from intrek.ground.services.models import OutsideService, ServiceRequest
from intrek.story.aftercare.models import Knock, Review
from intrek.story.allocation.models import Allocation, Offer
from intrek.story.evaluation.models import Evaluation
from intrek.story.intervision.models import ActionPoint, AgendaItem, Invitation, Meeting, Resolution
from intrek.story.placement.models import ConditionItem, Deviation, Furnishing, Payment, PaymentRequest, Placement
from intrek.story.referral.models import Remark
from intrek.story.support.models import EvictionStep, Goal, GoalStep, Signal, SignalWord, SupportTerm, Threat, Visit
from intrek.windows.exchange.models import Batch, Feed
from intrek.windows.steering.rules import MEASURES
from tests.access.canaries import canary_of
from tests.access.story import DRAFT_ID

# Which row an argument names; a room or a page may mean its own by the same word.
ROWS = {
    "about_id": AgendaItem,
    "allocation_id": Allocation,
    "announcement_id": Announcement,
    "article_id": Article,
    "asked_id": PaymentRequest,
    "batch_id": Batch,
    "consent_id": Consent,
    "contact_id": Contact,
    "criterion_id": Criterion,
    "deviation_id": Deviation,
    "dwelling_id": Dwelling,
    "evaluation_id": Evaluation,
    "feed_id": Feed,
    "file_id": PaperFile,
    "furnishing_id": Furnishing,
    "goal_id": Goal,
    "intervision.item_id": AgendaItem,
    "invitation_id": Invitation,
    "knock_id": Knock,
    "mail_id": Mail,
    "meeting_id": Meeting,
    "membership_id": Membership,
    "message_id": Message,
    "offer_id": Offer,
    "organisation_id": Organisation,
    "paper_id": Paper,
    "pathway_id": Pathway,
    "payment_id": Payment,
    "placement.item_id": ConditionItem,
    "placement_id": Placement,
    "point_id": ActionPoint,
    "protocol_id": Protocol,
    "programmes.item_id": CodeItem,
    "remark_id": Remark,
    "request_id": ServiceRequest,
    "reset_id": Reset,
    "resolution_id": Resolution,
    "review_id": Review,
    "service_id": OutsideService,
    "share_id": Share,
    "signal_id": Signal,
    "stay_id": Placement,
    "support:close_eviction_step.step_id": EvictionStep,
    "support:mark_step.step_id": GoalStep,
    "term_id": SupportTerm,
    "text_id": Text,
    "threat_id": Threat,
    "upload_id": Upload,
    "visit_id": Visit,
    "word_id": SignalWord,
}
WORDS = {
    "accounts.key": ["support.visit:1"],
    "desk:judge.key": ["many:01a21f66-bba2-76db-8066-79130f3122b4:2026-11-23"],
    "account_confirm_email.key": ["a:b:c"],
    "account_reset_password_from_key.key": ["a-b"],
    "account_reset_password_from_key.uidb36": ["1"],
    "mfa_remove_webauthn.pk": [1],
    "code": list(MEASURES),
    "code_list": ["ending"],
    "criterion_kind": ["minimum_age"],
    "draft_id": [DRAFT_ID],
    "kind": ["trial", "sitting"],
    "language": ["nl", "fr"],
    "paper_code": ["loan_deed"],
    "moment": ["entry", "leaving"],
    "number": [1],
    "part": ["small"],
    "party": ["landlord", "resident"],
    "programme_id": ["01a21f66-bba2-76db-8066-79130f3122b4"],
    "secret": ["a-secret-that-nobody-was-given"],
    "step": ["referrer", "person", "housing", "health", "support"],
}
# Lists, asked for what they do not show at first.
ASKED = ("", "?format=xlsx&show=closed")


@dataclass(frozen=True)
class Page:
    """A named address with the view behind it and the arguments it asks."""

    name: str
    view: object
    arguments: tuple

    @property
    def is_of_library(self):
        """A page of signing in, or the language chooser."""
        return self.name.startswith(("account_", "mfa_")) or self.name == "set_language"

    @property
    def permission(self):
        """What it asks; pages of libraries (signing in) are open to the world."""
        return getattr(self.view, "permission", "public")

    def sources(self):
        """What can stand in its address; raises for an argument that nobody told how to fill."""
        room = self.name.partition(":")[0]
        for argument in self.arguments:
            keys = (f"{self.name}.{argument}", f"{room}.{argument}", argument)
            found = next((table[key] for key in keys for table in (ROWS, WORDS) if key in table), None)
            assert found is not None, f"{self.name}: say in tests/access/walk.py what {argument} stands for."
            yield found


def every_page(resolver=None, room=""):
    """Every address of the project, with its name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if not isinstance(entry, URLPattern):
            yield from every_page(entry, f"{entry.namespace}:" if entry.namespace else room)
            continue
        assert entry.name, f"{entry.pattern} has no name."
        named = tuple(entry.pattern.converters) or tuple(entry.pattern.regex.groupindex)
        yield Page(f"{room}{entry.name}", entry.callback, named)


class Atlas:
    """The rows of a programme that addresses can name: of each table one per person and per landlord."""

    def __init__(self, programme):
        self.programme, self.found, self.known = programme, {}, {}

    def rows(self, model):
        """One row of the table, with what it hangs on, for each relation somebody may have to it."""
        if model not in self.found:
            kinds = {}
            for row in model.objects.filter(programme_id=self.programme.pk).order_by("pk"):
                whole = canary_of(row)
                kinds.setdefault((whole, getattr(row, "confirmed_at", None) is None), (row.pk, whole))
            self.found[model] = list(kinds.values())
        return self.found[model]

    def addresses(self, page):
        """Each address of the page with the rows it names; rows that belong together."""
        if page.name not in self.known:
            sources = (each if isinstance(each, list) else self.rows(each) for each in page.sources())
            self.known[page.name] = list(_filled(page, product(*sources)))
        return self.known[page.name]

    def mixed(self, page, other):
        """Addresses that name a row of this programme beside one of another."""
        own, foreign = [], []
        for source in page.sources():
            is_word = isinstance(source, list)
            own.append(source[0] if is_word else self.rows(source)[0][0])
            foreign.append(source[0] if is_word else other.rows(source)[0][0])
        for at, source in enumerate(page.sources()):
            if not isinstance(source, list):
                yield reverse(page.name, args=[*own[:at], foreign[at], *own[at + 1 :]])


def _filled(page, choices):
    for chosen in choices:
        rows = [each[1] for each in chosen if isinstance(each, tuple)]
        if _together(rows):
            yield reverse(page.name, args=[each[0] if isinstance(each, tuple) else each for each in chosen]), rows


def _together(rows):
    about = [row.pathway_ids for row in rows if row.pathway_ids]
    return all(each & about[0] for each in about)


def lists_of(url):
    """A page without a row of its own: as it is, as a sheet, and asked for what it does not show at first."""
    return [f"{url}{asked}" for asked in ASKED]
