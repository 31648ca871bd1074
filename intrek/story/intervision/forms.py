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
from intrek.story.intervision import rules
from intrek.story.intervision.models import Answer, Meeting, MeetingKind
from intrek.story.intervision.queries import decision_choices


class ContactField(forms.ModelChoiceField):
    """Somebody of a partner, with the partner's name."""

    def label_from_instance(self, contact: Any) -> str:
        return f"{contact.name}, {contact.organisation}"


def _people(programme: Programme) -> Any:
    rows = Contact.objects.filter(programme=programme, left_on=None).select_related("organisation")
    return rows.order_by("name", "pk")


class WhereAndWhenForm(IntrekForm):
    """Hours, place and chair: what one meeting and a series ask alike."""

    on = DayField(label=_("Day"))
    starts_at = TimeOfDayField(label=_("From"), required=False)
    ends_at = TimeOfDayField(label=_("Until"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    chair = ContactField(label=_("Chair"), required=False, queryset=Contact.objects.none(), empty_label=_("nobody yet"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chair: Any = self.fields["chair"]
        chair.queryset = _people(programme)


class MeetingForm(WhereAndWhenForm):
    """When and where the partners meet."""

    agenda_closes_on = DayField(
        label=_("The agenda closes on"),
        required=False,
        help_text=_("Referrals that come in later go to the next meeting."),
    )

    def __init__(self, *args: Any, kind: str = MeetingKind.INTERVISION, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == MeetingKind.STEERING:
            del self.fields["agenda_closes_on"]  # nobody is put on its agenda


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
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays in the programme; the referrer does not read it."),
    )


class TalkForm(NoteForm):
    """What the partners say and will decide; until they decide, whoever writes on finds it there."""

    decision = forms.ChoiceField(label=_("What do the partners decide?"), required=False, widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(label=_("Reason for declining"), required=False)
    motive = forms.CharField(
        label=_("Motive, for the programme itself"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    motive_for_referrer = forms.CharField(
        label=_("What the referrer reads"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The motive or the question; they hear it as soon as you decide."),
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
            del shown["reason_code"]

    @classmethod
    def answers_of(cls, row: Any) -> dict[str, Any]:
        """What stands with the item; who follows it up is asked anew until somebody was chosen."""
        told = super().answers_of(row)
        return {name: value for name, value in told.items() if name != "owner" or value}

    def answers(self) -> dict[str, Any]:
        """The texts, without the decision itself: they are kept with the item."""
        told = super().answers()
        return {name: value for name, value in told.items() if name not in {"decision", "on"}}


class DecideForm(TalkForm):
    """The same questions, answered to decide."""

    def answers(self) -> dict[str, Any]:
        """The texts and the decision."""
        return dict(self.cleaned_data)


class PointForm(IntrekForm):
    """Who does what by when."""

    text = forms.CharField(label=_("What"), max_length=300)
    who = ContactField(label=_("Who"), queryset=Contact.objects.none(), empty_label=_("choose"))
    due_on = DayField(label=_("By when"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["who"]
        who.queryset = _people(programme)


class SeriesForm(WhereAndWhenForm):
    """Several meetings at once: the first day, how many, how far apart."""

    on = DayField(label=_("The first day"))
    count = forms.IntegerField(label=_("How many meetings"), min_value=2, max_value=52)
    weeks = forms.IntegerField(label=_("Weeks between them"), min_value=1, max_value=52)
    closes_days = forms.IntegerField(
        label=_("Days before each meeting on which its agenda closes"), min_value=0, max_value=60
    )

    def answers(self) -> dict[str, Any]:
        """The days of the meetings, and what holds for all of them."""
        told = dict(super().answers())
        days = rules.series_days(told.pop("on"), count=told.pop("count"), weeks=told.pop("weeks"))
        return {"days": days} | told


class CallOffForm(IntrekForm):
    """Why the partners do not meet."""

    why = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("Who is invited and who referred somebody on the agenda read this. Name no client here."),
    )


class PeopleForm(IntrekForm):
    """One question about each of these people."""

    def __init__(self, *args: Any, people: list[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"who_{contact.pk.hex}": contact for contact in people}

    def by_organisation(self) -> list[tuple[str, list[Any]]]:
        """The questions, organisation by organisation."""
        found: dict[str, list[Any]] = {}
        for name, contact in self.people.items():
            found.setdefault(contact.organisation.name, []).append(self[name])
        return list(found.items())

    def told(self) -> dict[Contact, Any]:
        """What was answered about each."""
        return {contact: self.cleaned_data[name] for name, contact in self.people.items()}


class InviteForm(PeopleForm):
    """Whom to invite."""

    def __init__(self, *args: Any, chosen: set[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, contact in self.people.items():
            initial = contact.pk in chosen
            self.fields[name] = forms.BooleanField(label=contact.name, required=False, initial=initial)

    def answers(self) -> dict[str, Any]:
        """Those who are invited."""
        return {"contacts": [contact for contact, is_chosen in self.told().items() if is_chosen]}


class AnswerForm(IntrekForm):
    """Whether one comes."""

    answer = forms.ChoiceField(
        label=_("Do you come?"),
        widget=forms.RadioSelect,
        choices=[(Answer.COMES, _("I come")), (Answer.APOLOGIES, _("I cannot come"))],
    )
    note = forms.CharField(
        label=_("A word with it"),
        required=False,
        max_length=200,
        help_text=_("For example who comes in your place. Name no client here."),
    )


PRESENT, APOLOGIES = "present", "apologies"
ATTENDING = [("", _("–")), (PRESENT, _("present")), (APOLOGIES, _("apologies"))]


class AttendanceForm(PeopleForm):
    """Everybody of the partners: present, apologies, or neither."""

    def __init__(self, *args: Any, came: dict[Any, bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {True: PRESENT, False: APOLOGIES, None: ""}
        for name, contact in self.people.items():
            self.fields[name] = forms.ChoiceField(
                label=contact.name, required=False, choices=ATTENDING, initial=words[came.get(contact.pk)]
            )

    def answers(self) -> dict[str, Any]:
        """Who is there and who is not."""
        return {"present": {contact: answer == PRESENT for contact, answer in self.told().items() if answer}}
