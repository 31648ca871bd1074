"""What the timeline says of a stay."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "placement.prepared": _("Stay prepared at %(dwelling)s, from %(starts_on)s until %(ends_on)s"),
    "placement.days_changed": _("Stay moved: from %(starts_on)s until %(ends_on)s"),
    "placement.keys_handed_over": _("Keys of %(dwelling)s handed over"),
    "placement.extended": _("Stay at %(dwelling)s goes on until %(ends_on)s"),
    "placement.ended": _("Stay at %(dwelling)s ended: %(how)s"),
    "placement.called_off": _("Stay at %(dwelling)s called off: %(why)s"),
    "placement.keys_returned": _("Keys of %(dwelling)s returned"),
    "placement.fee_set": _("Usage fee from %(from_on)s: € %(total)s a month"),
    "placement.payment_asked": _("Usage fee of %(month)s asked: € %(total)s, number %(number)s"),
    "placement.payment_booked": _("Paid for number %(number)s: € %(amount)s"),
    "placement.payment_taken_back": _("Payment for number %(number)s taken back: € %(amount)s, %(why)s"),
    "placement.payment_corrected": _("Usage fee of %(month)s corrected from € %(before)s to € %(total)s: %(why)s"),
    "placement.no_domicile_set": _("No domicile at the dwelling, registered at another address"),
    "placement.contact_noted": _("Contact for the reference address"),
    "placement.deviation_added": _("This stay deviates from the rule, with a reason"),
    "placement.deviation_learned": _("Written down what a deviation taught"),
    "placement.condition_started": _("%(dwelling)s is looked over, room by room"),
    "placement.furnished": _("%(what)s is in place at %(dwelling)s"),
    "placement.unfurnished": _("%(what)s is not in place at %(dwelling)s"),
}
