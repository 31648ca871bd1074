"""What the record says of a programme's rules."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "programmes.made": _("The programme %(name)s was made"),
    "programmes.rule_changed": _("The programme's rules change: %(what)s"),
    "programmes.track_rule_changed": _("The rules for %(track)s change: %(what)s"),
    "programmes.criterion_added": _("A condition for %(track)s was added: %(text)s"),
    "programmes.criterion_changed": _("A condition for %(track)s becomes: %(text)s"),
    "programmes.criterion_ended": _("A condition for %(track)s ends: %(text)s"),
    "programmes.criterion_withdrawn": _("A planned condition for %(track)s was taken back: %(text)s"),
    "programmes.code_added": _("“%(label)s” was added to a code list"),
    "programmes.code_relabelled": _("“%(old)s” is written “%(label)s” from now on"),
    "programmes.code_retired": _("“%(label)s” can no longer be chosen"),
    "programmes.code_restored": _("“%(label)s” can be chosen again"),
}
