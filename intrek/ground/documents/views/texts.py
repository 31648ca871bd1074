"""The texts of the programme's papers: which holds, what is being written, and approving it."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.downloads import as_picture, made_or_told
from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires, tried
from intrek.ground.common.refusals import Refused
from intrek.ground.documents import actions, queries, store
from intrek.ground.documents.forms import ApproveForm, ArticleForm, LogoForm
from intrek.ground.documents.models import Article, Text
from intrek.ground.documents.pages import page_count, picture_of_page
from intrek.ground.documents.shipped import BINDING


def _text(request, text_id):
    return get_object_or_404(Text, pk=text_id, programme=request.member.programme)


def _article(request, article_id):
    found = Article.objects.filter(programme=request.member.programme).select_related("text")
    return get_object_or_404(found, pk=article_id)


@requires("documents.texts")
def texts(request):
    """Every kind of paper, the text that holds, and what is being written."""
    kinds = queries.kinds_of(request.member.programme, request.today)
    return render(request, "documents/texts.html", {"kinds": kinds})


@requires("documents.texts")
def kind(request, paper_code):
    """One text: what it says today, and its versions."""
    programme = request.member.programme
    held, version = queries.version_on(programme, paper_code, BINDING, request.today)
    versions = list(queries.texts_of(programme, paper_code))
    if version is None and not versions:
        raise Http404
    return render(
        request, "documents/kind.html", {"code": paper_code, "held": held, "version": version, "texts": versions}
    )


@requires("documents.write")
@require_POST
def start(request, paper_code):
    """A new version to write on, as the one that holds reads."""
    start_version = partial(
        actions.start_version, request.member.programme, paper_code, on=request.today, by=request.member
    )
    tried(request, start_version, _("A new version lies ready to be written on."))
    draft = queries.texts_of(request.member.programme, paper_code).filter(approved_on=None).first()
    return redirect("documents:text", draft.pk) if draft else redirect("documents:texts")


@requires("documents.texts")
def text(request, text_id):
    """One version: its articles, what differs from the one before, and approving it."""
    shown, initial = _text(request, text_id), {"from_on": request.today}
    work = drafted(request, ApproveForm, f"documents.approve:{shown.pk}", initial=initial)
    if request.may("documents.approve") and work.saved(
        partial(actions.approve_text, shown, on=request.today, by=request.member)
    ):
        messages.success(request, _("Approved. Papers made from that day on use it."))
        return redirect("documents:text", shown.pk)
    return work.page("documents/text.html", text=shown, **_read(request, shown))


def _read(request, shown):
    """The version beside how it will be printed."""
    page = queries.text_page(shown, request.member.pk)
    return {"page": page, **_printed(request, shown, has_articles=bool(page.articles))}


def _printed(request, shown, *, has_articles):
    """How many pages it takes, or why it cannot be printed; a draft without an article is not printed yet."""
    pages, reasons = 0, []
    try:
        pages = page_count(actions.example_of(shown, on=request.today)) if has_articles else 0
    except Refused as refused:
        reasons = refused.reasons
    return {"numbers": range(1, pages + 1), "unprintable": reasons}


@requires("documents.texts")
def example(request, text_id):
    """The version as it will be printed, for a made-up case."""
    shown = _text(request, text_id)
    make = partial(actions.example_of, shown, on=request.today)
    return made_or_told(request, make, name=f"{shown.code}-{shown.number}.pdf", back=_back(shown))


@requires("documents.texts")
def example_page(request, text_id, number):
    """A page of it as a picture, to be read beside the text."""
    return as_picture(_drawn(request, _text(request, text_id), number))


def _drawn(request, shown, number):
    try:
        drawn = picture_of_page(actions.example_of(shown, on=request.today), number)
    except Refused as refused:
        raise Http404 from refused
    if drawn is None:
        raise Http404
    return drawn


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


def _write(request, shown, article):
    initial = {"only_if": article.only_if} if article else {}
    key = f"documents.article:{article.pk if article else shown.pk}"
    work = drafted(request, ArticleForm, key, instance=article, initial=initial)
    if work.saved(partial(actions.write_article, shown, article, by=request.member)):
        return redirect("documents:text", shown.pk)
    printed = _printed(request, shown, has_articles=article is not None or shown.articles.exists())
    page = {"text": shown, "article": article, "names": queries.published(), "back": _back(shown), **printed}
    return work.page("documents/article.html", title=_("Article of %s") % shown.title, save=_("Save"), **page)


def _back(shown):
    return reverse("documents:text", args=[shown.pk])


@requires("documents.write")
def add_article(request, text_id):
    """One more article."""
    return _write(request, _text(request, text_id), None)


@requires("documents.write")
def write_article(request, article_id):
    """An article says something else."""
    article = _article(request, article_id)
    return _write(request, article.text, article)


@requires("documents.write")
@require_POST
def take_out(request, article_id):
    """A draft goes on without this article."""
    article = _article(request, article_id)
    tried(request, partial(actions.take_out_article, article, by=request.member), _("The article is taken out."))
    return redirect("documents:text", article.text_id)


@requires("documents.write")
@require_POST
def move_up(request, article_id):
    """The article stands one place earlier."""
    article = _article(request, article_id)
    tried(request, partial(actions.move_article_up, article, by=request.member))
    return redirect("documents:text", article.text_id)
