"""A request to pay and a statement, as sheets of paper: what is asked, how to pay it, what came in (P9)."""

from io import BytesIO
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from segno.helpers import make_epc_qr

from intrek.ground.common.wording import day, days_words, money, whole_month
from intrek.ground.documents.queries import Table, paragraph, picture, table
from intrek.ground.programmes.models import ProgrammeRule
from intrek.story.placement.models import PaymentRequest, Placement
from intrek.story.placement.queries import lines_of, requests_of

Parts = list[tuple[str, list[dict[str, Any]]]]


def code_of(request: PaymentRequest, rule: ProgrammeRule) -> SafeString | str:
    """The code that a banking app reads, as SVG: to whom, how much, with which communication; empty while no account is set."""
    if not rule.fee_iban or request.open_amount <= 0:
        return ""
    out = BytesIO()
    # Belgian banks take their own structured communication as it is written, in the free line of the code.
    name, iban = rule.fee_payee or str(request.programme), rule.fee_iban.replace(" ", "")
    code = make_epc_qr(name, iban, request.open_amount, text=request.reference, encoding="utf-8")
    code.save(out, kind="svg", xmldecl=False, svgns=True, nl=False, omitsize=True, border=4)
    # Drawn squares: no word that somebody typed stands in it.
    return mark_safe(out.getvalue().decode())  # noqa: S308


def request_sheet(request: PaymentRequest, rule: ProgrammeRule) -> tuple[str, Parts]:
    """One month: its parts, the day to pay by, the account, the communication and the code."""
    placement = request.placement
    month = whole_month(request.month)
    asked = _("%(person)s, for %(dwelling)s in %(month)s: %(days)s. This covers costs and is no rent.") % {
        "person": placement.pathway.person.name,
        "dwelling": placement.dwelling,
        "month": month,
        "days": days_words(request.days),
    }
    rows = [[str(capfirst(each.label)), money(each.amount)] for each in lines_of(request)]
    amounts = Table([_("Part"), _("Amount")], [*rows, [_("Together"), money(request.total)]], is_money=True)
    return _("Usage fee of %(month)s") % {"month": month}, [
        ("", [paragraph(asked), table(amounts)]),
        (_("How to pay"), [*_how(request, rule), *_code(request, rule)]),
    ]


def _how(request: PaymentRequest, rule: ProgrammeRule) -> list[dict[str, Any]]:
    if request.open_amount <= 0:
        return [paragraph(_("This is paid. Thank you."))]
    facts = [
        (_("Amount"), money(request.open_amount)),
        (_("To be paid by"), day(request.due_on)),
        (_("Account"), rule.fee_iban or "–"),
        (_("In the name of"), rule.fee_payee or str(request.programme)),
        (_("Communication"), request.reference),
    ]
    return [table(Table([_("What"), _("Fill in")], [[label, value] for label, value in facts]))]


def _code(request: PaymentRequest, rule: ProgrammeRule) -> list[dict[str, Any]]:
    svg = code_of(request, rule)
    alt = _("Code for a banking app, with the same account, amount and communication")
    return [picture(svg, alt), paragraph(_("Or scan this code with your banking app."))] if svg else []


def statement_sheet(placement: Placement) -> tuple[str, Parts]:
    """All that was asked and paid of a stay, and what is open."""
    rows = list(requests_of(placement))
    told = [
        [whole_month(each.month), each.reference, money(each.total), money(each.paid), money(each.open_amount)]
        for each in reversed(rows)
    ]
    whole = sum(each.total for each in rows), sum(each.paid for each in rows), sum(each.open_amount for each in rows)
    heads = [_("Month"), _("Communication"), _("Asked"), _("Paid"), _("Still open")]
    table_of_months = Table(heads, [*told, [_("Together"), "", *map(money, whole)]], is_money=True)
    about = _("%(person)s, usage fee of %(dwelling)s.") % {
        "person": placement.pathway.person.name,
        "dwelling": placement.dwelling,
    }
    return _("Statement of the usage fee"), [("", [paragraph(about), table(table_of_months)])]
