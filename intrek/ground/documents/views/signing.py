"""A paper is read and signed on a screen: by the team's guests on a tablet, by a landlord on pages of its own (P13)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.downloads import as_download, as_picture
from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import AskedRequest, requires, tried
from intrek.ground.documents import store
from intrek.ground.documents.actions import ask_party, correct_paper, refuse_to_sign, sign_file
from intrek.ground.documents.forms import RefuseForm, SignHereForm
from intrek.ground.documents.models import Paper, PaperFile, Upload
from intrek.ground.documents.pages import page_count, picture_of_page
from intrek.ground.documents.queries import (
    Signing,
    Turn,
    files_open_to,
    papers_page,
    signatures_of,
    signings_of,
    whole_of,
)

LANDLORD = "landlord"
# The others are guests at the team's screen.
OF_THE_TEAM = {"worker", "lead"}


def _file(request: AskedRequest, file_id: Any) -> PaperFile:
    return get_object_or_404(files_open_to(request.member), pk=file_id)


def _signing(request: AskedRequest, file_id: Any, party: str) -> Signing:
    """What this party did so far with a file; a landlord signs for itself alone."""
    file = _file(request, file_id)
    found = {each.party: each for each in signings_of(file, signatures_of([file]))}
    if party not in found or not (request.member.is_staff_of_programme or party == LANDLORD):
        raise Http404
    return found[party]


def _back(request: AskedRequest, file: PaperFile) -> str:
    is_team = request.member.is_staff_of_programme
    return reverse("documents:of_stay", args=[file.paper.stay_id]) if is_team else reverse("portal:home")


def _typed_before(request: AskedRequest, signing: Signing) -> dict[str, str]:
    """Whose name stands there to begin with: a person's own; for an organisation, who signs for it here."""
    name = signing.name if signing.party in {"resident", "worker"} else request.member.label
    return {"digest": signing.file.digest, "name": name}


@requires("documents.sign")
def sign_here(request, file_id, party):
    """Read the very file, page by page, and sign it: drawn or with the typed name."""
    signing = _signing(request, file_id, party)
    key = f"documents.sign_here:{file_id}:{party}"
    work = drafted(request, SignHereForm, key, initial=_typed_before(request, signing))
    if not signing.is_signed and work.saved(
        partial(sign_file, signing.file, party, at=timezone.now(), by=request.member)
    ):
        return _done(request, signing, _("Signed: %(paper)s.") % {"paper": signing.file.paper})
    return work.page("documents/sign_here.html", signing=signing, **_shown(request, signing))


def _shown(request: AskedRequest, signing: Signing) -> dict[str, Any]:
    file = signing.file
    numbers = range(1, page_count(store.fetch(file.name)) + 1)
    handed = _is_handed(request, signing)
    return {"file": file, "paper": file.paper, "numbers": numbers, "is_handed": handed, "back": _back(request, file)}


def _is_handed(request: AskedRequest, signing: Signing) -> bool:
    """Whether the team's screen is in the hands of a guest."""
    return request.member.is_staff_of_programme and signing.party not in OF_THE_TEAM


def _done(request: AskedRequest, signing: Signing, words: str) -> HttpResponse:
    """On to the next paper that lies ready for the same party; after the last one back to where it began."""
    messages.success(request, words)
    turn = _turn(request, signing) if request.member.is_staff_of_programme else None
    next_one = reverse("documents:sign_here", args=[turn.first.file.pk, turn.first.party]) if turn else None
    return redirect(next_one or _back(request, signing.file))


def _turn(request: AskedRequest, signing: Signing) -> Turn | None:
    stay_id = signing.file.paper.stay_id
    papers = list(Paper.objects.visible_to(request.member).filter(stay_id=stay_id).select_related("rule"))
    turns = papers_page(papers, stay_id, request.today).turns
    return next((each for each in turns if each.first.party == signing.party), None)


@requires("documents.sign")
def refuse(request, file_id, party):
    """A party does not sign, and says why."""
    signing = _signing(request, file_id, party)
    work = drafted(request, RefuseForm, f"documents.refuse:{file_id}:{party}")
    if work.saved(partial(refuse_to_sign, signing.file, party, on=request.today, by=request.member)):
        return _done(request, signing, _("Noted: it is not signed, and why."))
    return work.page("common/form_page.html", **_refusing(request, signing))


def _refusing(request: AskedRequest, signing: Signing) -> dict[str, Any]:
    title = _("%(paper)s is not signed") % {"paper": signing.file.paper}
    told = {"title": title, "intro": f"{signing.label}: {signing.name}", "save": _("Write down")}
    back = reverse("documents:sign_here", args=[signing.file.pk, signing.party])
    return {**told, "is_handed": _is_handed(request, signing), "back": back}


@requires("documents.sign")
def page(request, file_id, number):
    """One page of a paper as a picture, to be read before it is signed."""
    file = _file(request, file_id)
    drawn = picture_of_page(store.fetch(file.name), number)
    if drawn is None:
        raise Http404
    return as_picture(drawn)


@requires("documents.sign")
def file(request, file_id):
    """A paper as it was made, to keep, print and sign."""
    found = _file(request, file_id)
    return _as_file(request, found, found.name)


@requires("documents.sign")
def sealed(request, file_id):
    """A signed paper with its signatures, their evidence and the programme's seal."""
    found = _file(request, file_id)
    if not found.sealed:
        raise Http404
    return _as_file(request, found, found.sealed)


@requires("documents.read")
def scan(request, upload_id):
    """What was signed by hand, as it was photographed or scanned."""
    upload = get_object_or_404(Upload.objects.visible_to(request.member), pk=upload_id)
    papers = Paper.objects.visible_to(request.member).select_related("pathway__person")
    paper = get_object_or_404(papers, pk=upload.of_id, pathway_id=upload.pathway_id)
    return as_download(*whole_of(upload, paper.pathway.number))


def _as_file(request: AskedRequest, found: PaperFile, name: str) -> HttpResponse:
    # The number of a pathway is the team's own; a landlord keeps the file under a name that tells nothing.
    which = found.paper.pathway.number if request.member.is_staff_of_programme else found.digest[:8]
    return as_download(store.fetch(name), f"{found.paper.rule.code}-{which}-{found.number}.pdf")


@requires("documents.change")
@require_POST
def ask(request, file_id, party):
    """Ask a party to sign on pages of its own."""
    found = _file(request, file_id)
    ask_them = partial(ask_party, found, party, on=request.today, by=request.member)
    tried(request, ask_them, _("Asked. It stands in their inbox."))
    return redirect("documents:of_stay", found.paper.stay_id)


@requires("documents.change")
@require_POST
def correct(request, paper_id):
    """A slip of the pen in a signed paper is set right on a sheet beside it, instead of a new paper."""
    papers = Paper.objects.visible_to(request.member).select_related("rule", "programme", "pathway")
    paper = get_object_or_404(papers, pk=paper_id)
    set_right = partial(correct_paper, paper, on=request.today, by=request.member)
    tried(request, set_right, _("The sheet is made. Whoever signed the paper signs it too."))
    return redirect("documents:of_stay", paper.stay_id)
