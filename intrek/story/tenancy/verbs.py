"""What the timeline says of tenancies."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "tenancy.signed": _("Tenancy of %(dwelling)s signed with %(landlord)s, from %(starts_on)s"),
}
