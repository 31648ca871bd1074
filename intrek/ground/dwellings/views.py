"""One dwelling: its facts, and who lives and lived there."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import AskedRequest, requires
from intrek.ground.common.wording import period
from intrek.ground.dwellings.actions import add_dwelling, change_dwelling
from intrek.ground.dwellings.forms import DwellingForm
from intrek.ground.dwellings.models import Dwelling, Occupancy
from intrek.ground.partners.models import Role
from intrek.ground.people.models import Person


@dataclass(frozen=True)
class StayLine:
    """A stay as the page shows it."""

    person: Person
    title: str
    title_words: str
    when: str
    is_open: bool
    url: str


def _find(request: HttpRequest, dwelling_id: Any) -> Dwelling:
    rows = Dwelling.objects.visible_to(request.member)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("owner", "programme"), pk=dwelling_id)


def _stays(request: AskedRequest, of: Dwelling) -> list[StayLine]:
    rows = Occupancy.objects.visible_to(request.member).filter(dwelling=of).select_related("person")
    opens = request.may("desk.pathway")
    return [
        StayLine(
            person=each.person,
            title=each.title,
            title_words=each.title_note or each.get_title_display(),
            when=period(each.from_on, each.until_on),
            is_open=each.until_on is None,
            url=reverse("desk:pathway", args=[each.pathway_id]) if opens and each.pathway_id else "",
        )
        for each in rows.order_by("-from_on", "-pk")
    ]


@requires("dwellings.read")
def dwelling(request, dwelling_id):
    """One dwelling."""
    of = _find(request, dwelling_id)
    return render(request, "dwellings/dwelling.html", {"dwelling": of, "stays": _stays(request, of)})


def _work(request: AskedRequest, key: str, **options: Any) -> Work:
    return drafted(request, DwellingForm, key, member=request.member, **options)


@requires("dwellings.change")
def add(request):
    """Add a dwelling; a landlord adds their own."""
    member = request.member
    own = {"owner": member.organisation} if member.role == Role.HOUSING_OFFICER else {}
    work = _work(request, "dwellings.new", initial={"municipality": member.programme.municipality, "kind": "unknown"})
    if work.saved(lambda **told: add_dwelling(member.programme, on=request.today, by=member, **told, **own)):
        messages.success(request, _("%(dwelling)s is added.") % {"dwelling": work.result})
        return redirect("dwellings:dwelling", work.result.pk)
    return work.page("dwellings/form.html", dwelling=None)


@requires("dwellings.change")
def change(request, dwelling_id):
    """Change facts of a dwelling, without overwriting anybody."""
    of = _find(request, dwelling_id)
    work = _work(request, f"dwellings.dwelling:{of.pk}", instance=of)
    if work.saved(partial(change_dwelling, of, on=request.today, by=request.member)):
        return redirect("dwellings:dwelling", of.pk)
    return work.page("dwellings/form.html", dwelling=of)
