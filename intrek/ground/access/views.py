"""Where somebody starts, and in which of their roles they work now."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from intrek.ground.access import door
from intrek.ground.access.middleware import SESSION_KEY
from intrek.ground.access.policy import start_of
from intrek.ground.common.pages import public, signed_in
from intrek.ground.programmes.queries import is_empty


@public
def home(request):
    """The start page of who asks: by role; an empty installation asks for its first programme instead."""
    if request.user.is_anonymous:
        return redirect("partners:begin" if is_empty() else "account_login")
    if request.member is None:
        return render(request, "access/no_role.html")
    return redirect(start_of(request.member.role))


@signed_in
@require_POST
def switch(request):
    """Work under another of one's own roles."""
    chosen = request.POST.get("membership", "")
    if chosen not in {str(each.pk) for each in request.memberships}:
        raise Http404
    request.session[SESSION_KEY] = chosen
    return redirect("home")


@signed_in
@require_POST
def lock(request):
    """Lock the screen: by its user, or because nobody touched it. From there back to the page one was on."""
    door.lock(request)
    return door.sent_to(request, door.way_to_unlock(request))


@signed_in
@require_POST
def here(request):
    """Somebody is reading or typing: this page asks nothing else of the server."""
    return HttpResponse(status=204)
