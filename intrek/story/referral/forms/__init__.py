"""The referral form in short steps, and the forms of its page."""

from intrek.story.referral.forms.page import (
    AskForm,
    CareForm,
    CorrectForm,
    PauseForm,
    SamePersonForm,
    SayForm,
    WithdrawForm,
)
from intrek.story.referral.forms.steps import STEP_FORMS, STEP_LABELS, Asked, StepForm
from intrek.story.referral.forms.typed import Typed

__all__ = [
    "STEP_FORMS",
    "STEP_LABELS",
    "AskForm",
    "Asked",
    "CareForm",
    "CorrectForm",
    "PauseForm",
    "SamePersonForm",
    "SayForm",
    "StepForm",
    "Typed",
    "WithdrawForm",
]
