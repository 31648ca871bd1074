"""A person who signs in, and what they were typing."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.rows import Row


class Users(BaseUserManager["User"]):
    """Making accounts: by e-mail address, in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password it can only be entered by a reset link."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class Theme(models.TextChoices):
    """Day, night, or as the device says."""

    SYSTEM = "", _("as my device")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")


class User(Row, AbstractBaseUser):
    """A person who signs in. What they may do follows from memberships, never from the account itself."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=5, blank=True)
    theme = models.CharField(_("colours"), max_length=5, choices=Theme.choices, blank=True)
    is_active = models.BooleanField(default=True)
    locked_from = models.DateTimeField(null=True, blank=True)  # unless a second colleague confirms before

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name


class Draft(Row):
    """What somebody is typing and has not saved yet. Its key names the form and the row, so it never shows up elsewhere."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    programme_id = models.UUIDField(null=True)
    key = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField(null=True)
    base = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_per_form_and_row")]

    def __str__(self) -> str:
        return self.key


class Try(Row):
    """One try to sign in with an address, known only by a keyed digest, in a stretch of time; its place among them is taken once."""

    digest = models.CharField(max_length=64)
    stretch = models.PositiveBigIntegerField()
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "stretch", "place"], name="one_try_at_a_place")]
        indexes = [models.Index(fields=["stretch"], name="try_stretch")]

    def __str__(self) -> str:
        return f"{self.stretch}: {self.place}"


class Refused(models.TextChoices):
    """Why somebody was not let in."""

    PASSWORD = "password", _("wrong password")
    CODE = "code", _("wrong code")
    USED_CODE = "used_code", _("a code that was used before")
    TOO_MANY = "too_many", _("too many tries")


class Refusal(Row):
    """Somebody was not let in with an address, known only by a keyed digest: of who has no account here no address is kept."""

    digest = models.CharField(max_length=64)
    why = models.CharField(_("why"), max_length=10, choices=Refused.choices)

    class Meta:
        indexes = [
            models.Index(fields=["digest", "-created_at"], name="refusal_digest"),
            models.Index(fields=["created_at"], name="refusal_age"),
        ]

    def __str__(self) -> str:
        return self.get_why_display()
