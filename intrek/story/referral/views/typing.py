"""The referral form: short steps, each kept as one types, until it is handed in."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.accounts.queries import drafts_starting
from intrek.ground.common.dates import window_back
from intrek.ground.common.drafts import Work
from intrek.ground.common.merging import Sent
from intrek.ground.common.pages import requires
from intrek.ground.common.refusals import Refused
from intrek.ground.partners.models import Organisation
from intrek.ground.programmes.queries import rule_of, track_of
from intrek.story.referral import rules
from intrek.story.referral.actions import refer_person
from intrek.story.referral.forms import STEP_FORMS, STEP_LABELS, Asked, Typed
from intrek.story.referral.queries import own_referrals_alike

NEXT, PREVIOUS, LATER, CONDITIONS = "next", "previous", "later", "conditions"
YEARS_BACK = 3  # the form asks for as many years as the programme counts (P3)


class StepWork(Work):
    """One step: what was typed is simply there again, without a word about drafts."""

    put_back = ""

    def passed(self) -> bool:
        """Whether the step was answered as it should; the answers stay a draft until the whole is handed in."""
        if not self.saved(lambda **answers: answers):
            return False
        self.keep()
        return True


@dataclass(frozen=True)
class Unfinished:
    """A referral that somebody is still typing."""

    draft_id: str
    name: str
    kept_at: Any


def name_in(typed: Sent) -> str:
    """The name typed so far."""
    return " ".join(
        filter(None, (next(iter(typed.get(name, [])), "").strip() for name in ("given_name", "family_name")))
    )


def unfinished_of(request: Any) -> list[Unfinished]:
    """The referrals this person began and did not hand in, the latest first."""
    start = rules.draft_key("")[: -len(":")]
    drafts = drafts_starting(request.user, start, programme_id=request.member.programme_id)
    found: dict[str, Unfinished] = {}
    for draft in drafts:
        draft_id = draft.key.rsplit(":", 2)[1]
        before = found.get(draft_id)
        name = name_in(draft.data) or (before.name if before else "")
        found[draft_id] = Unfinished(draft_id, name, before.kept_at if before else draft.updated_at)
    return list(found.values())


class Typing:
    """Somebody's work on one referral: all that was typed so far, and the step one is on."""

    def __init__(self, request: Any, draft_id: UUID) -> None:
        self.request, self.draft_id, self.member, self.today = request, draft_id, request.member, request.today

    @cached_property
    def typed(self) -> dict[str, Sent]:
        """What was typed, by step."""
        start = rules.draft_key(self.draft_id)
        drafts = drafts_starting(self.request.user, start, programme_id=self.member.programme_id)
        return {draft.key.rsplit(":", 1)[1]: draft.data for draft in drafts}

    @cached_property
    def first(self) -> Sent:
        """The first step decides what the others ask; on that very page, what is being sent."""
        return self.typed.get("referrer", {})

    @cached_property
    def organisation(self) -> Organisation:
        """For whom it is typed."""
        chosen = next(iter(self.first.get("organisation", [])), "")
        if not self.member.is_staff_of_programme or not chosen:
            return self.member.organisation
        try:
            known = Organisation.objects.filter(programme_id=self.member.programme_id, pk=UUID(chosen)).first()
        except ValueError:
            known = None
        return known or self.member.organisation

    @cached_property
    def asked(self) -> Asked:
        """What the steps ask of this partner, on this track."""
        track = next(iter(self.first.get("track", [])), "")
        member = self.member
        is_staff = member.is_staff_of_programme
        return Asked(member.programme, is_staff, self.organisation.is_housing, track == "sitting")

    @property
    def steps(self) -> tuple[str, ...]:
        return rules.steps_of(is_housing=self.organisation.is_housing)

    @cached_property
    def whole(self) -> Typed:
        """All steps together."""
        return Typed(self.typed, self.asked, self.today)

    def work(self, step: str) -> StepWork:
        """The form of one step."""
        if step not in self.steps or step not in STEP_FORMS:
            raise Http404
        options = {"asked": self.asked}
        key = rules.draft_key(self.draft_id, step)
        return StepWork(self.request, STEP_FORMS[step], key, instance=None, initial={}, options=options)

    def address(self, step: str) -> str:
        """Where a step stands."""
        if step == rules.CHECK:
            return reverse("referral:check", args=[self.draft_id])
        return reverse("referral:step", args=[self.draft_id, step])

    def leads_to(self, work: StepWork, step: str) -> str:
        """Where one goes from here; nowhere while there is something to mend. Going back or away asks nothing."""
        to, at = self.request.POST.get("_to", NEXT), self.steps.index(step)
        if to == NEXT:
            return self._after(step) if work.passed() else ""
        work.keep()
        ways = {
            PREVIOUS: self.address(self.steps[max(at - 1, 0)]),
            LATER: reverse("referral:new"),
            CONDITIONS: reverse("eligibility:typing", args=[self.draft_id, step]),
        }
        return ways.get(to, "")

    def _after(self, step: str) -> str:
        again = Typing(self.request, self.draft_id)  # the first step may have changed which steps there are
        return again.address(again.steps[again.steps.index(step) + 1])

    def marks(self, now: str) -> list[dict[str, Any]]:
        """The steps at the head of the page."""
        done = self.whole.steps_in_order() & set(self.typed)
        states = {step: "now" if step == now else "done" if step in done else "todo" for step in self.steps}
        return [{"label": STEP_LABELS[each], "url": self.address(each), "state": states[each]} for each in self.steps]

    def page(self, step: str) -> dict[str, Any]:
        """What every page of the form shows."""
        at = self.steps.index(step)
        return {
            "draft_id": self.draft_id,
            "step": step,
            "steps": self.marks(step),
            "number": at + 1,
            "count": len(self.steps),
            "name": name_in(self.typed.get("person", {})),
            "organisation": self.organisation,
            "next_label": STEP_LABELS[self.steps[at + 1]] if step != rules.CHECK else "",
            "previous_url": self.address(self.steps[at - 1]) if at else "",
            "hears_by": self.hears_by(),
            "since": window_back(self.today, YEARS_BACK).starts_on,
            "asked": self.asked,
        }

    def hears_by(self) -> date:
        """The day by which the referrer hears, if it is handed in today (P24)."""
        return self.today + timedelta(days=rule_of(self.member.programme, self.today).hear_days)

    # ---- handing in ----

    def handed_in(self) -> Any:
        """The referral, once it is handed in; nothing while something stands in the way."""
        if self.request.method != "POST" or self.whole.problems:
            return None
        try:
            referral = self._refer()
        except Refused as refused:
            self.refused = refused.reasons
            return None
        for step in STEP_FORMS:
            self.request.drafts.end(rules.draft_key(self.draft_id, step))
        return referral

    refused: list[Any] = []

    def _refer(self) -> Any:
        whole = self.whole
        is_own = self.organisation == self.member.organisation
        return refer_person(
            self.member.programme,
            person=whole.person(),
            residences=whole.residences(),
            registration=whole.registration(),
            consent=whole.consent(),
            referral_id=self.draft_id,
            on=self.today,
            by=self.member,
            track=track_of(self.member.programme, whole.told["track"]),
            organisation=self.organisation,
            referrer=self.member.contact if is_own else None,
            referrer_name=whole.told.get("referrer_name", ""),
            answers=whole.answers(),
            care=whole.care(),
            typed_by=None if is_own else self.member.contact,
        )

    def check_page(self) -> dict[str, Any]:
        """Everything read back, what is still needed, and which referrals of one's own organisation look alike."""
        person = self.whole.forms["person"]
        facts = person.answers() if person.is_valid() else {}
        return self.page(rules.CHECK) | {
            "problems": [(self.address(each.step), each) for each in self.whole.problems],
            "read_back": [(self.address(step), label, rows) for step, label, rows in self.whole.read_back()],
            "alike": own_referrals_alike(self.member, facts) if facts else [],
            "refused": self.refused,
        }


@requires("referral.refer")
def new(request):
    """Begin a referral, or go on with one that was left."""
    unfinished = unfinished_of(request)
    if not unfinished or request.method == "POST":
        return redirect("referral:step", uuid4(), "referrer")
    return render(request, "referral/new.html", {"unfinished": unfinished})


@requires("referral.refer")
def step(request, draft_id, step):
    """One step of the form."""
    typing = Typing(request, draft_id)
    work = typing.work(step)
    if request.method == "POST" and "_more" not in request.POST and (url := typing.leads_to(work, step)):
        return redirect(url)
    return work.page(f"referral/steps/{step}.html", **typing.page(step))


@requires("referral.refer")
def check(request, draft_id):
    """Read everything back, and hand it in."""
    typing = Typing(request, draft_id)
    referral = typing.handed_in()
    if referral:
        messages.success(
            request, _("Handed in. The referral has number %(number)s.") % {"number": referral.pathway.number}
        )
        return redirect("referral:of_pathway", referral.pathway_id)
    return render(request, "referral/check.html", typing.check_page())


@requires("referral.refer")
@require_POST
def throw_away(request, draft_id):
    """Stop typing this referral: nothing of it stays."""
    for each in STEP_FORMS:
        request.drafts.end(rules.draft_key(draft_id, each))
    messages.success(request, _("What you had typed is thrown away."))
    return redirect("referral:new")
