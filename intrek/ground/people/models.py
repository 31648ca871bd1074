"""A person, who lives with them, where they lived, who is near, what they agreed to."""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common import eyes
from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.rows import Row
from intrek.ground.programmes.models import Programme


class HouseholdKind(models.TextChoices):
    """With whom somebody lives."""

    SINGLE = "single", _("single")
    COUPLE = "couple", _("couple")
    SINGLE_PARENT = "single_parent", _("single with children")
    FAMILY = "family", _("couple with children")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("unknown")


class PersonQuerySet(VisibleQuerySet):
    """People, seen through their pathways."""

    pathway_path = "pathways__id"


class Person(Row):
    """A human being in one programme. Another programme is another data controller and has its own row."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="people")
    given_name = models.CharField(_("given name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80)
    birth_on = models.DateField(_("date of birth"), null=True, blank=True)
    register_number = models.CharField(_("national register number"), max_length=11, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    contact_note = models.CharField(_("how to reach"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=40, blank=True)
    household_kind = models.CharField(
        _("household"), max_length=15, choices=HouseholdKind.choices, default=HouseholdKind.UNKNOWN
    )
    children = models.PositiveSmallIntegerField(_("children living along"), null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["programme", "family_name", "given_name"], name="person_name"),
            models.Index(fields=["programme", "birth_on"], name="person_birth"),
            models.Index(fields=["programme", "register_number"], name="person_register_number"),
        ]

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any) -> Self:
        """A person read for a request is a person looked at, on whatever page and by whatever query."""
        found = super().from_db(db, field_names, values, **options)
        eyes.see(found.pk)
        return found

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Given name first, as people are spoken to; nobody is without a name but who was erased."""
        return f"{self.given_name} {self.family_name}".strip() or gettext("erased person")

    def age(self, on: date) -> int | None:
        """Whole years on a day; unknown without a birth date."""
        if self.birth_on is None:
            return None
        return on.year - self.birth_on.year - ((on.month, on.day) < (self.birth_on.month, self.birth_on.day))


class NameKey(Row):
    """One word of a person's name, folded: search and the duplicate check look here."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_keys")
    word = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["programme", "word", "person"], name="name_key_word")]


class HouseholdMember(Row):
    """Somebody who lives along with the person."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="household")
    name = models.CharField(_("name"), max_length=120)
    relation = models.CharField(_("relation"), max_length=60, blank=True)
    birth_on = models.DateField(_("date of birth"), null=True, blank=True)
    is_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")


class ResidenceKind(models.TextChoices):
    """What kind of place somebody lived in."""

    OWN_HOME = "own_home", _("own home or tenancy")
    WITH_OTHERS = "with_others", _("with family or friends")
    INSTITUTION = "institution", _("hospital or institution")
    SHELTER = "shelter", _("shelter")
    DETENTION = "detention", _("detention")
    STREET = "street", _("street")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("unknown")


class Residence(Row):
    """A period in which somebody lived somewhere. An imprecise day is kept as the span it may lie in (P3).

    Start and end each have an earliest and a latest day; equal when precise, empty when unknown.
    ``still_there`` tells an open end from an unknown one.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="residences")
    municipality = models.CharField(_("municipality"), max_length=80)
    address = models.CharField(_("address"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ResidenceKind.choices, default=ResidenceKind.UNKNOWN)
    domicile = models.CharField(_("domicile"), max_length=7, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN)
    from_earliest = models.DateField(_("from, at the earliest"), null=True, blank=True)
    from_latest = models.DateField(_("from, at the latest"), null=True, blank=True)
    until_earliest = models.DateField(_("until, at the earliest"), null=True, blank=True)
    until_latest = models.DateField(_("until, at the latest"), null=True, blank=True)
    still_there = models.BooleanField(_("still lives there"), default=False)

    class Meta:
        indexes = [models.Index(fields=["programme", "person"], name="residence_person")]


class Registration(Row):
    """Whether somebody is registered for social housing, where, since when (P3)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="registrations")
    registered = models.CharField(
        _("registered for social housing"), max_length=7, choices=YesNoUnknown.choices, default=YesNoUnknown.UNKNOWN
    )
    where = models.CharField(_("registered where"), max_length=120, blank=True)
    number = models.CharField(_("registration number"), max_length=40, blank=True)
    since_on = models.DateField(_("registered since"), null=True, blank=True)
    until_on = models.DateField(_("registered until"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "person"], name="registration_person")]


class NetworkContact(Row):
    """Somebody near the person: family, a friend, a doctor, a court-appointed administrator."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="network")
    name = models.CharField(_("name"), max_length=120)
    relation = models.CharField(_("relation"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)


class Consent(Row):
    """What the person agreed to, on which day; withdrawn on another."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    given_on = models.DateField(_("given on"), null=True, blank=True)
    purpose = models.TextField(_("for what"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)


class Forgotten(Row):
    """That somebody was erased: a keyed digest of name and birth date, so that an old list does not bring them back."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64)
    erased_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "digest"], name="forgotten_once")]

    def __str__(self) -> str:
        return str(self.erased_on)
