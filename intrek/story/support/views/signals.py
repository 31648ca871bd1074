"""Signals of landlords: raised, answered, agreed, closed together, and referred in one click (P16, P22)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import drafted
from intrek.ground.common.listing import listing_of
from intrek.ground.common.pages import AskedRequest, requires, tried
from intrek.ground.dwellings.models import Dwelling
from intrek.story.referral.rules import draft_key
from intrek.story.support import actions, forms
from intrek.story.support.models import Signal, SignalWord
from intrek.story.support.queries import signals


@requires("support.signal")
def all_signals(request):
    """The signals of one's own dwellings, or of the whole programme; those that wait for one's own side first."""
    listing = listing_of(request, signals.signals_of(request.member))
    signals.looked_at(listing.rows)
    return render(request, "support/signals.html", {"listing": listing})


def _find(request: AskedRequest, signal_id: Any) -> Signal:
    return get_object_or_404(signals.signals_of(request.member), pk=signal_id)


@requires("support.signal")
def one(request, signal_id):
    """One signal: what was told, what was said and agreed, and what one can do."""
    found = _find(request, signal_id)
    work = drafted(request, forms.SignalWordForm, f"support.signal:{found.pk}")
    if work.saved(partial(actions.answer_signal, found, on=request.today, by=request.member)):
        messages.success(request, _("The other side finds it in its inbox."))
        return redirect("support:signal", found.pk)
    return work.page("support/signal.html", **_page(request, found))


def _page(request: AskedRequest, signal: Signal) -> dict[str, Any]:
    signals.looked_at([signal])
    actions.mark_signal_read(signal, at=timezone.now(), by=request.member)
    return {
        "signal": signal,
        "words": signals.words_of(signal),
        "became": signals.referral_from(signal, request.member),
    }


@requires("support.raise_signal")
def raise_signal(request, dwelling_id):
    """Tell what goes wrong in a dwelling of one's own."""
    dwelling = get_object_or_404(Dwelling.objects.visible_to(request.member), pk=dwelling_id)
    work = drafted(request, forms.SignalForm, f"support.raise:{dwelling.pk}")
    if work.saved(partial(actions.raise_signal, dwelling, on=request.today, by=request.member)):
        messages.success(request, _("The programme hears it now. You see here when it was read, and what is agreed."))
        return redirect("support:signal", work.result.pk)
    return work.page("support/raise_signal.html", dwelling=dwelling)


@requires("support.signal")
@require_POST
def close(request, signal_id):
    """For one's own side it is over."""
    found = _find(request, signal_id)
    tried(request, partial(actions.close_signal, found, on=request.today, by=request.member))
    return redirect("support:signal", found.pk)


@requires("support.signal")
@require_POST
def do_agreed(request, word_id):
    """What was agreed is done."""
    own = SignalWord.objects.filter(signal__in=Signal.objects.visible_to(request.member), due_on__isnull=False)
    word = get_object_or_404(own.select_related("signal"), pk=word_id)
    tried(request, partial(actions.do_agreed, word, on=request.today, by=request.member))
    return redirect("support:signal", word.signal_id)


@requires("referral.refer")
@require_POST
def refer(request, signal_id):
    """From a signal to the referral of a sitting tenant: what is known is filled in already (P22)."""
    found = _find(request, signal_id)
    if found.pathway_id or signals.referral_from(found, request.member):
        raise Http404
    for step, answers in signals.as_referral(found, request.member).items():
        request.drafts.keep(draft_key(found.pk, step), answers=answers, base_version=None, base={})
    return redirect("referral:step", found.pk, "referrer")
