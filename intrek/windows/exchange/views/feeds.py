"""Links by which a member's own calendar reads along."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intrek.ground.common import wall
from intrek.ground.common.calendars import calendar
from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import by_link, requires, tried
from intrek.ground.partners.queries import language_of
from intrek.windows.exchange import actions, queries
from intrek.windows.exchange.forms import FeedForm
from intrek.windows.exchange.models import Feed


@requires("exchange.feed")
def mine(request):
    """My links: make one, see when it was read last, end it."""
    work = drafted(request, FeedForm, "exchange.feed.new")
    made = work.saved(partial(actions.make_feed, request.member, on=request.today, by=request.member))
    shown = {"made": work.result if made else None, "feeds": queries.feeds_of(request.member)}
    return work.page("exchange/feeds.html", **shown)


@require_POST
@requires("exchange.feed")
def end(request, feed_id):
    """End one of my links."""
    own = Feed.objects.filter(programme_id=request.member.programme_id, membership=request.member)
    feed = get_object_or_404(own, pk=feed_id)
    tried(request, partial(actions.end_feed, feed, on=request.today, by=request.member), _("The link works no longer."))
    return redirect("exchange:feeds")


@require_GET
@by_link
def read(request: HttpRequest, programme_id, secret):
    """What a calendar reads, for who holds the secret. Whoever does not is told nothing."""
    now, today = timezone.now(), timezone.localdate()
    with wall.within(programme_id):
        feed = queries.feed_of(programme_id, secret, today)
        if feed is None:
            raise Http404
        member = feed.membership
        with translation.override(language_of(member.contact)):
            told = calendar(queries.entries_for(member, today), title=queries.title_of(member))
        actions.note_use(feed, at=now)
    return HttpResponse(told, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"})
