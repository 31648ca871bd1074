"""A form with every kind of answer."""

from django import forms

ANSWERS = [("yes", "Yes"), ("no", "No"), ("unknown", "I do not know")]
MINUTES = [("30", "30 min."), ("45", "45 min."), ("60", "60 min."), ("other", "Other")]
KINDS = [("talk", "Talk"), ("budget", "Budget and papers"), ("along", "Going along"), ("home", "Looking at the home")]


class EveryAnswer(forms.Form):
    """One of each."""

    name = forms.CharField(label="Name", help_text="As on the identity card.")
    starts_on = forms.CharField(label="From", required=False)
    ends_on = forms.CharField(label="Until", required=False)
    place = forms.CharField(label="Municipality", required=False)
    note = forms.CharField(label="Short note", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    kind = forms.ChoiceField(label="Kind of stay", choices=[("", "Choose"), *KINDS])
    registered = forms.ChoiceField(
        label="Registered?", choices=ANSWERS, widget=forms.RadioSelect, help_text="Unknown is fine."
    )
    minutes = forms.ChoiceField(label="How long?", choices=MINUTES, widget=forms.RadioSelect)
    done = forms.MultipleChoiceField(label="What did you do?", choices=KINDS, widget=forms.CheckboxSelectMultiple)
    agrees = forms.BooleanField(label="The person agrees", required=False)
    paper = forms.FileField(label="The signed paper", required=False)


class Filters(forms.Form):
    """Two filters of a list."""

    track = forms.ChoiceField(
        label="Track", choices=[("", "Both tracks"), ("a", "First"), ("b", "Second")], required=False
    )
    days = forms.IntegerField(label="Longer than (days)", required=False)
