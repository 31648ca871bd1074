"""The inbox: own messages, and the way to what they are about; when one is mailed; announcements; mails that did not leave."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import drafted
from intrek.ground.common.listing import listing_of
from intrek.ground.common.pages import requires
from intrek.ground.partners.models import Membership
from intrek.ground.post import actions, queries
from intrek.ground.post.forms import AnnounceForm, ChoicesForm
from intrek.ground.post.models import Announcement


@requires("post.read")
def inbox(request):
    """My messages, the latest first."""
    listing = listing_of(request, queries.messages_to(request.member))
    shown = queries.shown_to(request.member, listing.rows)
    return render(request, "post/inbox.html", {"listing": listing, "shown": shown})


@requires("post.read")
@require_POST
def read_all(request):
    """I have read what there was."""
    actions.mark_read(queries.messages_to(request.member), at=timezone.now())
    return redirect("post:inbox")


@requires("post.read")
@require_POST
def open_message(request, message_id):
    """Read one message, and go to what it is about."""
    message = get_object_or_404(queries.messages_to(request.member), pk=message_id)
    actions.mark_read(queries.messages_to(request.member).filter(pk=message.pk), at=timezone.now())
    here = url_has_allowed_host_and_scheme(message.path, {request.get_host()}, require_https=request.is_secure())
    return redirect(message.path if here and request.POST.get("go") else "post:inbox")


# ---- when one is mailed ----


def _is_partner(member: Membership) -> bool:
    return member.role in queries.READERS


def _choose(request: Any, **choices: str) -> Any:
    return actions.choose_mails(request.member.contact, choices)


@requires("post.read")
def choices(request):
    """When I want a mail: at once, once a day, once a week, or not at all."""
    is_partner = _is_partner(request.member)
    initial = queries.chosen_by(request.member.contact, is_partner=is_partner)
    work = drafted(request, ChoicesForm, "post.choices", initial=initial, is_partner=is_partner)
    if work.saved(partial(_choose, request)):
        messages.success(request, _("Your choice holds from the next message on."))
        return redirect("post:inbox")
    return work.page("post/choices.html")


# ---- announcements ----


@requires("post.announce")
def announcements(request):
    """What was announced, and how many have not read it."""
    listing = listing_of(request, queries.announcements_of(request.member.programme_id))
    return render(request, "post/announcements.html", {"listing": listing})


@requires("post.announce")
def announce(request):
    """Tell all referrers, a sector, or an organisation."""
    work = drafted(request, AnnounceForm, "post.announce", member=request.member)
    if work.saved(partial(actions.announce, on=request.today, by=request.member)):
        messages.success(request, _("It stands in their inboxes."))
        return redirect("post:announcements")
    return work.page("post/announce.html")


def _announcement(request: Any, announcement_id: Any) -> Announcement:
    return get_object_or_404(queries.announcements_of(request.member.programme_id), pk=announcement_id)


@requires("post.announce")
def announcement(request, announcement_id):
    """One announcement, and who has not read it yet."""
    found = _announcement(request, announcement_id)
    page = {"announcement": found, "unread": queries.unread_by(found)}
    return render(request, "post/announcement.html", page)


@requires("post.announce")
@require_POST
def withdraw(request, announcement_id):
    """Take an announcement back."""
    found = _announcement(request, announcement_id)
    if not found.withdrawn_on:
        actions.withdraw_announcement(found, on=request.today)
        messages.success(request, _("The announcement is withdrawn; it no longer stands in any inbox."))
    return redirect("post:announcements")


# ---- mails that did not leave ----


@requires("post.outbox")
def stuck(request):
    """Mails that were given up, or of which nobody knows whether they arrived."""
    listing = listing_of(request, queries.stuck_mails(request.member.programme_id))
    return render(request, "post/stuck.html", {"listing": listing})


@requires("post.outbox")
@require_POST
def try_again(request, mail_id):
    """Hand a mail that is stuck to the mail server once more."""
    mail = get_object_or_404(queries.stuck_mails(request.member.programme_id), pk=mail_id)
    actions.try_again(mail, at=timezone.now())
    messages.success(request, _("It is tried again."))
    return redirect("post:stuck")
