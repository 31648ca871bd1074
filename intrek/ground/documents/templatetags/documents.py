"""A paper in a few words."""

from django import template
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from intrek.ground.common.wording import day
from intrek.ground.documents.models import Paper
from intrek.ground.documents.placeholders import CONDITIONS
from intrek.ground.documents.queries import Copy, PaperRow, Signing

register = template.Library()


@register.simple_tag
def paper_state(row: PaperRow) -> str:
    """What became of a paper: signed when and by whom, not needed why, made but not signed, or nothing yet."""
    paper, made = row.paper, row.made
    if paper.signed_on:
        told = _("signed on %(day)s") % {"day": day(paper.signed_on)}
        return f"{told}, {paper.signed_by}" if paper.signed_by else told
    if paper.not_needed_why:
        return _("not needed: %(why)s") % {"why": paper.not_needed_why}
    if made and made.latest and not made.latest.parties:
        return _("made on %(day)s") % {"day": day(made.latest.made_on)}
    if made and made.latest:
        return _("made on %(day)s, not signed yet") % {"day": day(made.latest.made_on)}
    return _("not signed yet")


@register.simple_tag
def paper_words(paper: Paper) -> str:
    """What became of a paper by its row alone, where its files are not looked at: the day it was signed, or why it is not."""
    if paper.signed_on:
        told = day(paper.signed_on)
        return _("signed on %(day)s, no longer true") % {"day": told} if paper.untrue_on else told
    if paper.not_needed_why:
        return _("not needed: %(why)s") % {"why": paper.not_needed_why}
    return _("not signed yet")


@register.simple_tag
def signing_state(signing: Signing) -> str:
    """What a party did with the file that waits for it."""
    done = signing.signature
    if done and done.signed_at:
        told = {"day": day(localdate(done.signed_at)), "how": done.get_way_display()}
        return _("signed on %(day)s, %(how)s") % told
    if done and done.refused_on:
        return _("not signed, on %(day)s: %(why)s") % {"day": day(done.refused_on), "why": done.refused_why}
    if done and done.asked_on:
        return _("asked on %(day)s") % {"day": day(done.asked_on)}
    return _("not signed yet")


@register.simple_tag
def copy_state(copy: Copy) -> str:
    """What there is to read in another language, or why there is nothing any more."""
    if copy.held:
        return _("version %(number)d, approved by %(who)s") % {"number": copy.held.number, "who": copy.held.approved_by}
    if copy.is_shipped:
        return _("model, to be gone over")
    if copy.last and copy.from_on:
        return _("version %(number)d, from %(day)s") % {"number": copy.last.number, "day": day(copy.from_on)}
    return _("what there was says another version's words") if copy.last else _("none")


@register.simple_tag
def conditions_words(only_if: list[str]) -> str:
    """When an article is used, in words; empty: always."""
    names = ", ".join(str(CONDITIONS[each]) for each in only_if)
    return _("only if: %(conditions)s") % {"conditions": names} if names else ""
