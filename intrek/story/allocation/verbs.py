"""What the timeline says of allocation."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "allocation.offered": _("%(dwelling)s offered to the programme"),
    "allocation.offer_changed": _("Facts of the offer of %(dwelling)s were changed"),
    "allocation.withdrawn": _("%(dwelling)s withdrawn: %(why)s"),
    "allocation.chosen": _("Chosen for %(dwelling)s"),
    "allocation.accepted": _("Accepted %(dwelling)s"),
    "allocation.declined": _("Declined %(dwelling)s: %(reason)s"),
    "allocation.released": _("No longer holds %(dwelling)s"),
    "allocation.used_up": _("%(dwelling)s became an own tenancy and leaves the pool"),
}
