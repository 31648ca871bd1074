"""The inbox: own messages, and the way to what they are about."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from intrek.ground.common.listing import listing_of
from intrek.ground.common.pages import requires
from intrek.ground.post import actions, queries


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
