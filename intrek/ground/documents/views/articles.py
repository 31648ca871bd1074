"""A version of a text is written: its title and its articles, with how they will be printed beside them."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import AskedRequest, requires, tried
from intrek.ground.documents import actions, queries
from intrek.ground.documents.forms import ArticleForm, TitleForm
from intrek.ground.documents.models import Article, Text
from intrek.ground.documents.views.examples import back_to, find_text, printed


def _article(request: AskedRequest, article_id: Any) -> Article:
    found = Article.objects.filter(programme=request.member.programme).select_related("text")
    return get_object_or_404(found, pk=article_id)


@requires("documents.write")
def name(request, text_id):
    """What the text is called: the title of the papers made from it."""
    shown = find_text(request, text_id)
    work = drafted(request, TitleForm, f"documents.title:{shown.pk}", instance=shown)
    if work.saved(partial(actions.name_text, shown, by=request.member)):
        return redirect("documents:text", shown.pk)
    return work.page("common/form_page.html", title=_("Title of the text"), save=_("Save"), back=back_to(shown))


def _write(request: AskedRequest, shown: Text, article: Article | None) -> HttpResponse:
    initial = {"only_if": article.only_if} if article else {}
    key = f"documents.article:{article.pk if article else shown.pk}"
    work = drafted(request, ArticleForm, key, instance=article, initial=initial)
    if work.saved(partial(actions.write_article, shown, article, by=request.member)):
        return redirect("documents:text", shown.pk)
    return _writing(request, work, shown, article)


def _writing(request: AskedRequest, work: Work, shown: Text, article: Article | None) -> HttpResponse:
    """The article with what it may name, how it will be printed, and, in a copy, the article that binds."""
    page = {"title": _("Article of %s") % shown.title, "save": _("Save"), "back": back_to(shown)}
    beside = queries.article_beside(article) if article else None
    told = printed(request, shown, has_articles=article is not None or shown.articles.exists())
    names = queries.published()
    return work.page("documents/article.html", text=shown, article=article, names=names, beside=beside, **page, **told)


@requires("documents.write")
def add_article(request, text_id):
    """One more article."""
    return _write(request, find_text(request, text_id), None)


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
