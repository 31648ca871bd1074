"""What the timeline says of sharing."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "access.shared": _("Shared with %(name)s until %(until)s: %(what)s"),
    "access.share_withdrawn": _("No longer shared with %(name)s"),
    "access.broken_in": _("%(name)s of %(organisation)s opened this file from another team: %(reason)s"),
    "access.judged": _("Looks were gone over (%(concern)s): %(found)s"),
}
