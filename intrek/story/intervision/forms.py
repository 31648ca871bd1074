"""What the pages about meetings ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import DayField, TimeOfDayField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.partners.models import Contact
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeList, Programme
from intrek.ground.programmes.queries import code_choices
from intrek.story.intervision.models import Attendance, Meeting
from intrek.story.intervision.queries import contacts_of, decision_choices


class ContactField(forms.ModelChoiceField):
    """Somebody of a partner, with the partner's name."""

    def label_from_instance(self, contact: Any) -> str:
        return f"{contact.name}, {contact.organisation}"


def _people(programme: Programme) -> Any:
    rows = Contact.objects.filter(programme=programme, left_on=None).select_related("organisation")
    return rows.order_by("name", "pk")


class MeetingForm(IntrekForm):
    """When and where the partners meet."""

    on = DayField(label=_("Day"))
    starts_at = TimeOfDayField(label=_("From"), required=False)
    ends_at = TimeOfDayField(label=_("Until"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    chair = ContactField(label=_("Chair"), required=False, queryset=Contact.objects.none(), empty_label=_("nobody yet"))
    agenda_closes_on = DayField(
        label=_("The agenda closes on"),
        required=False,
        help_text=_("Referrals that come in later go to the next meeting."),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chair: Any = self.fields["chair"]
        chair.queryset = _people(programme)


class PutOnForm(IntrekForm):
    """On which agenda, with what question."""

    meeting = forms.ModelChoiceField(label=_("Meeting"), queryset=Meeting.objects.none(), empty_label=None)
    question = forms.CharField(
        label=_("What should the partners talk about?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting: Any = self.fields["meeting"]
        meeting.queryset = meetings


class NoteForm(IntrekForm):
    """What the partners say."""

    note = forms.CharField(
        label=_("Discussion"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Stays in the programme; the referrer does not read it."),
    )


class DecisionForm(IntrekForm):
    """What the partners decide, and what the referrer hears."""

    decision = forms.ChoiceField(label=_("What do the partners decide?"), widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(label=_("Reason for declining"), required=False)
    asks = forms.CharField(
        label=_("What the referrer is asked"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when you ask for more."),
    )
    motive = forms.CharField(
        label=_("Motive, for the programme itself"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    motive_for_referrer = forms.CharField(
        label=_("Motive, for the referrer"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The referrer reads this as soon as you save."),
    )
    owner = ContactField(
        label=_("Who follows it up"), required=False, queryset=Contact.objects.none(), empty_label=_("nobody")
    )
    on = DayField(label=_("Decided on"), past=True)

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown: Any = self.fields
        shown["decision"].choices = decision_choices(pathway)
        codes = code_choices(pathway.programme, CodeList.DECLINE, on=self.today)
        shown["reason_code"].choices = [("", _("only when you decline")), *codes]
        shown["owner"].queryset = _people(pathway.programme)
        if len(shown["decision"].choices) == 2:
            del shown["reason_code"], shown["asks"]


class PointForm(IntrekForm):
    """Who does what by when."""

    text = forms.CharField(label=_("What"), max_length=300)
    who = ContactField(label=_("Who"), queryset=Contact.objects.none(), empty_label=_("choose"))
    due_on = DayField(label=_("By when"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["who"]
        who.queryset = _people(programme)


PRESENT, APOLOGIES = "present", "apologies"
ATTENDING = [("", _("–")), (PRESENT, _("present")), (APOLOGIES, _("apologies"))]


class AttendanceForm(IntrekForm):
    """Everybody of the partners: present, apologies, or neither."""

    def __init__(self, *args: Any, meeting: Meeting, known: list[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"who_{contact.pk.hex}": contact for contact in contacts_of(meeting.programme)}
        came = {each.contact_id: PRESENT if each.is_present else APOLOGIES for each in known}
        for name, contact in self.people.items():
            self.fields[name] = forms.ChoiceField(
                label=contact.name, required=False, choices=ATTENDING, initial=came.get(contact.pk, "")
            )

    def by_organisation(self) -> list[tuple[str, list[Any]]]:
        """The questions, organisation by organisation."""
        found: dict[str, list[Any]] = {}
        for name, contact in self.people.items():
            found.setdefault(contact.organisation.name, []).append(self[name])
        return list(found.items())

    def answers(self) -> dict[str, Any]:
        """Who is there and who is not."""
        told = {contact: self.cleaned_data[name] for name, contact in self.people.items()}
        return {"present": {contact: answer == PRESENT for contact, answer in told.items() if answer}}
