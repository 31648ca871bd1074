"""What the timeline says of evaluations."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "evaluation.held": _("Evaluation %(number)s held"),
    "evaluation.final_held": _("Final evaluation held: %(verdict)s, %(next_step)s"),
    "evaluation.corrected": _("Evaluation %(number)s corrected"),
}
