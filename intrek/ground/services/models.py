"""Help from outside: who gives it, how long the wait is, who asked (P21)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.queries import VisibleQuerySet
from intrek.ground.common.rows import Row
from intrek.ground.partners.models import Contact
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.programmes.models import Programme


def waits(through: str = "") -> Q:
    """Somebody is waiting: asked, neither started nor refused nor ended, and their pathway is not closed; ``through`` leads to the request."""
    unanswered = Q(**{f"{through}{each}": None for each in ("started_on", "refused_on", "ended_on")})
    return unanswered & ~Q(**{f"{through}pathway__stage": Stage.CLOSED})


class OutsideService(Row):
    """A service around the home: cleaning help, family help, a mobile team, budget management."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=120)
    folded = models.CharField(max_length=120)
    what = models.CharField(_("what it does"), max_length=200, blank=True)
    how_to_ask = models.TextField(_("how to ask"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["programme", "folded"], name="one_service_per_name")]

    def __str__(self) -> str:
        return self.name


class ServiceRequest(Row):
    """A service asked for one person: asked, expected, started, last checked (P21). Unknown days stay empty."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE)
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="service_requests")
    service = models.ForeignKey(
        OutsideService, on_delete=models.PROTECT, related_name="requests", verbose_name=_("service")
    )
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    asked_by = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    is_on_waiting_list = models.BooleanField(_("on a waiting list"), default=False)
    place = models.CharField(_("place on the list"), max_length=60, blank=True)
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    last_checked_on = models.DateField(_("last checked on"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    refused_why = models.CharField(_("why refused"), max_length=200, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    bridging = models.TextField(_("bridging arrangement"), blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["programme", "pathway"], name="service_request_pathway"),
            models.Index(
                fields=["programme", "expected_on"],
                name="service_request_waiting",
                condition=Q(started_on__isnull=True, refused_on__isnull=True, ended_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.service)
