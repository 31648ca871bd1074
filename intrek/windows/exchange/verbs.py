"""What the exchange records, as the timeline tells it."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "exchange.list_imported": _("List %(file)s imported: %(made)s made, %(known)s known already, %(refused)s refused"),
    "exchange.feed_made": _("A calendar reads along: %(name)s, until %(until)s"),
    "exchange.feed_ended": _("A calendar reads along no longer: %(name)s"),
}
