from functools import partial

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from intrek.ground.accounts.actions import change_account
from intrek.ground.accounts.forms import MeForm
from intrek.ground.common.carried import (
    BASE,
    MOST_BYTES,
    VERSION,
    page_of_form,
    told_answers,
    told_version,
    typed_answers,
)
from intrek.ground.common.drafts import drafted, moment_words
from intrek.ground.common.pages import public, signed_in


@signed_in
def me(request):
    """My name, language and colours; the way to my password and to signing out."""
    work = drafted(request, MeForm, f"accounts.me:{request.user.pk}", instance=request.user)
    if work.saved(partial(change_account, request.user, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    return work.page("accounts/me.html")


@public
@require_POST
def choose_language(request):
    """The language of the pages; who is signed in finds it again on every device."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and check_for_language(chosen):
        told = {"name": request.user.name, "theme": request.user.theme, "language": chosen}
        change_account(request.user, **told, by=request.user)
    return set_language(request)


@signed_in
@require_POST
def keep(request, key):
    """What somebody is typing, kept as they type; also the button *Keep as a draft*, without a script."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return answer(request, 413, _("This is too long to keep as a draft. Save it in time."))
    draft = request.drafts.keep(
        key,
        answers=typed_answers(request.POST),
        base_version=told_version(request.POST.get(VERSION)),
        base=told_answers(request.POST.get(BASE)),
    )
    return answer(request, 200, _("Kept at %(hour)s.") % {"hour": moment_words(draft.updated_at)})


@signed_in
@require_POST
def end(request, key):
    """Throw away what was typed and not saved."""
    request.drafts.end(key)
    return answer(request, 200, _("What you had typed is thrown away."))


def answer(request, status, text):
    """The same words for a script, for htmx, and for a page without either."""
    if request.htmx:
        return render(request, "accounts/_draft_status.html", {"text": text}, status=status)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"text": text}, status=status)
    (messages.success if status == 200 else messages.error)(request, text)
    return redirect(page_of_form(request) or "/")
