"""The programme's own words in templates."""

from django import template
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def code_label(context: Context, code_list: str, code: str) -> str:
    """A code of one of the programme's lists, in the reader's words."""
    return context["member"].programme.code_label(code_list, code) if code else ""
