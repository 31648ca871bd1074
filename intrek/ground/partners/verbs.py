"""What the record says of partners."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "partners.organisation_added": _("%(name)s joined the programme"),
    "partners.organisation_changed": _("Facts of %(name)s were changed"),
    "partners.organisation_renamed": _("%(old)s is called %(name)s from now on"),
    "partners.organisation_merged": _("%(name)s went on as %(into)s"),
    "partners.contact_changed": _("Facts about %(name)s were changed"),
    "partners.role_given": _("%(name)s became %(role)s for %(organisation)s"),
    "partners.role_ended": _("%(name)s is no longer %(role)s"),
    "partners.protocol_noted": _("Protocol with %(name)s: %(kind)s"),
    "partners.protocol_ended": _("The protocol with %(name)s ended"),
    "partners.invited": _("%(name)s was invited to sign in"),
    "partners.reset_asked": _("%(name)s was let in again without app or passkey"),
    "partners.reset_confirmed": _("A second colleague confirmed that %(name)s was let in again"),
}
