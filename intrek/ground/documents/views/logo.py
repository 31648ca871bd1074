"""The programme's own mark on its papers."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.downloads import as_picture
from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires
from intrek.ground.documents import actions, queries, store
from intrek.ground.documents.forms import LogoForm


@requires("documents.write")
def logo(request):
    """The programme's own mark at the head of its papers."""
    programme = request.member.programme
    work = drafted(request, LogoForm, "documents.logo")
    if work.saved(partial(actions.set_logo, programme, by=request.member)):
        messages.success(request, _("Papers made from now on bear it."))
        return redirect("documents:logo")
    words = {"title": _("Logo on papers"), "save": _("Save")}
    return work.page("documents/logo.html", logo=queries.logo_of(programme), **words)


@requires("documents.texts")
def logo_picture(request):
    """The mark as it is kept."""
    logo = queries.logo_of(request.member.programme)
    if logo is None:
        raise Http404
    return as_picture(store.fetch(logo.name))


@requires("documents.write")
@require_POST
def drop_logo(request):
    """Papers bear the programme's name again."""
    actions.drop_logo(request.member.programme)
    return redirect("documents:logo")
