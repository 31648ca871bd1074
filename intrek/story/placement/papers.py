"""What the papers of a stay print: its days, fee, domicile and furniture (P9, P10, P12, P13)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intrek.ground.common.refusals import WayOut
from intrek.ground.common.wording import day, money
from intrek.ground.documents.queries import (
    Facts,
    Photo,
    Photos,
    Table,
    facts_of_dwelling,
    facts_of_pathway,
    facts_of_programme,
    facts_of_rule,
    landlord_of,
    pages_of,
    parties_of,
)
from intrek.ground.programmes.queries import rule_of
from intrek.story.placement.models import ConditionItem, Moment, Placement
from intrek.story.placement.queries import ConditionPage, conditions_of, contact_by, fee_on, fees_of


def facts_of(stay_id: UUID, on: date) -> Facts | None:
    """What is true of a stay on a day, for its papers; none when the id is of no stay."""
    placement = _stay(stay_id)
    if placement is None:
        return None
    pathway, dwelling = placement.pathway, placement.dwelling
    rule = pathway.track.rule(placement.starts_on or on)
    of_pathway, household = facts_of_pathway(pathway)
    of_domicile, registered = _domicile(placement)
    told, photographed = _conditions(placement)
    values = {
        **facts_of_programme(pathway.programme, on),
        **of_pathway,
        **facts_of_rule(rule),
        **facts_of_dwelling(dwelling),
        **_days(placement),
        **_fee(placement, on),
        **of_domicile,
        **_contacts(placement, rule_of(pathway.programme, on).reference_contact_months),
        "furniture.table": _furniture(placement),
        **told,
    }
    rests = "fee_runs" if rule.fee_runs_in_suspension else "fee_rests"
    return Facts(
        values=values,
        conditions=frozenset({"trial", rests} | household | registered | photographed),
        pages=pages_of(pathway, dwelling) | _pages(placement),
        parties=parties_of(values),
        organisations=landlord_of(dwelling),
        pathway_id=pathway.pk,
        is_over=placement.is_ended,
    )


def _stay(stay_id: UUID) -> Placement | None:
    rows = Placement.objects.filter(pk=stay_id).select_related(
        "dwelling__owner", "pathway__person", "pathway__track", "pathway__worker", "pathway__programme"
    )
    found: Placement | None = rows.first()
    return found


def _days(placement: Placement) -> dict[str, Any]:
    # On this track support lasts as long as the stay does (P11).
    first, last = placement.starts_on, placement.agreed_last_day
    return {"stay.first_day": first, "stay.last_day": last, "support.first_day": first, "support.last_day": last}


def _fee(placement: Placement, on: date) -> dict[str, Any]:
    held = fee_on(fees_of(placement), on)
    if held is None:
        return {}
    rows = [[str(capfirst(name)), money(amount)] for name, amount in held.parts]
    table = Table([_("Part"), _("Amount a month")], [*rows, [_("Together"), money(held.total)]], is_money=True)
    return {"fee.total": held.total, "fee.from_day": held.fee.from_on, "fee.table": table}


def _domicile(placement: Placement) -> tuple[dict[str, Any], set[str]]:
    known = getattr(placement, "no_domicile", None)
    if known is None:
        return {}, {"own_address"}
    told = {
        "domicile.reason": known.reason,
        "domicile.address": known.real_address,
        "domicile.first_day": known.from_on,
        "domicile.reviewer": str(known.reviewer),
    }
    return told, {"reference_address" if known.is_reference_address else "own_address"}


def _contacts(placement: Placement, months: int) -> dict[str, Any]:
    """A reference address asks for contact at least once a quarter (P10)."""
    known = getattr(placement, "no_domicile", None)
    due = contact_by(known, months) if known else None
    last = known.last_contact_on if known else None
    return {
        "domicile.contact_months": months,
        "domicile.last_contact": day(last) if last else _("none yet"),
        "domicile.next_contact": day(due) if due else None,
    }


def _furniture(placement: Placement) -> Table | None:
    things = list(placement.dwelling.furnishings.all())
    rows = [[each.what, _("in place") if each.done_on else _("still to come"), each.note] for each in things]
    return Table([_("What"), _("There"), _("Note")], rows) if rows else None


def _conditions(placement: Placement) -> tuple[dict[str, Any], set[str]]:
    """The dwelling at entry and at leaving; a list on which something was not looked at yet, or not settled, is not known."""
    found = conditions_of(placement)
    told: dict[str, Any] = {f"{moment}.day": page.condition.looked_on for moment, page in found.items()}
    told |= {f"{moment}.photos": _photos(page) for moment, page in found.items()}
    entry, leaving = found.get(Moment.ENTRY), found.get(Moment.LEAVING)
    if entry and entry.rooms and not entry.open_items:
        told["entry.table"] = _as_found(entry)
    if leaving and leaving.rooms and leaving.is_settled:
        told |= {"leaving.table": _beside(leaving), "leaving.borne": leaving.borne}
    return told, {f"{moment}_photos" for moment, page in found.items() if page.photos}


def _photos(page: ConditionPage) -> Photos:
    return Photos([Photo(f"{item.room}: {item.what}", photo.name) for item, photo in page.photos])


def _as_found(page: ConditionPage) -> Table:
    items = [each.item for each in page.looked]
    rows = [[each.room, each.what, each.get_state_display(), each.remark] for each in items]
    return Table([_("Room"), _("What"), _("State"), _("Remark")], rows)


def _beside(page: ConditionPage) -> Table:
    rows = [
        [
            f"{each.item.room}: {each.item.what}",
            each.before.item.get_state_display() if each.before else _("not on the list"),
            ", ".join(filter(None, (each.item.get_state_display(), each.item.remark))),
            _borne_by(each.item) if each.differs else "–",
        ]
        for each in page.looked
    ]
    return Table([_("What"), _("At entry"), _("At leaving"), _("Who bears it")], rows)


def _borne_by(item: ConditionItem) -> str:
    who = item.get_bears_display()
    return f"{who}: {money(item.amount)}" if item.amount else who


def _pages(placement: Placement) -> dict[str, WayOut]:
    def page(name: str, label: Any) -> WayOut:
        return WayOut(reverse(f"placement:{name}", args=[placement.pk]), label)

    def looked(moment: str) -> WayOut:
        label = gettext_lazy("Look the dwelling over")
        return WayOut(reverse("placement:condition", args=[placement.pk, moment]), label)

    days = page("change_days", gettext_lazy("Fill in the days"))
    return {
        "stay": days,
        "support": days,
        "fee": page("fee", gettext_lazy("Fill in the usage fee")),
        "domicile": page("domicile", gettext_lazy("Fill in where the person is registered")),
        **{moment: looked(moment) for moment in Moment.values},
        "furniture": page("furnishing", gettext_lazy("List the furniture")),
        "worker": page("worker", gettext_lazy("Choose the support worker")),
    }
