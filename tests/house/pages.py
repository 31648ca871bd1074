"""What pages may hold, and who may open them."""

import re

from django.urls import URLPattern, get_resolver

from intrek.ground.access.policy import PERMISSIONS

INLINE = {
    r"<script(?![^>]*\ssrc=)[^>]*>": "an inline script",
    r"<style\b": "an inline style sheet",
    r"<(?!c-)[a-z][^<>]*\sstyle=": "an inline style",
    r"<[a-z][^<>]*\son[a-z]+=": "an inline event",
    r"<[a-z][^<>]*\shx-on": "an inline event",
    r"href=[\"']javascript:": "a script in an address",
    r"\|\s*safe\b|autoescape\s+off|safeseq": "text shown without escaping",
    r"(?:src|href|action)=[\"'](?:https?:)?//": "another host",
}
OPEN_TO_MANY = {"public", "signed_in", "link"}
# Pages of libraries, by module: signing in and the second factor, choosing a language.
PAGES_OF_LIBRARIES = ("allauth.", "django.views.i18n")


def inline_code(template):
    """The policy of every page refuses inline scripts and styles, so a template holds none. Comments may speak of them."""
    text = re.sub(
        r"{#.*?#}|{% comment %}.*?{% endcomment %}", lambda m: "\n" * m[0].count("\n"), template.text, flags=re.DOTALL
    )
    for pattern, why in INLINE.items():
        for found in re.finditer(pattern, text):
            yield template.at(text.count("\n", 0, found.start()) + 1, why)


def all_pages(resolver=None, prefix=""):
    """Every address with the view behind it."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        else:
            yield from all_pages(entry, address)


def pages_without_permission(pages):
    """Every page names who may open it, with a permission that the policy knows."""
    for address, view in pages:
        permission = getattr(view, "permission", None)
        ours = not getattr(view, "__module__", "").startswith(PAGES_OF_LIBRARIES)
        if ours and permission is None:
            yield f"/{address} names no permission"
        elif ours and permission not in PERMISSIONS and permission not in OPEN_TO_MANY:
            yield f"/{address} names {permission}, which the policy does not know"


def pages_not_served_here(pages):
    """No admin, no API, no debug page is mounted."""
    modules = ("intrek.", *PAGES_OF_LIBRARIES)
    return [f"/{address} is {view.__module__}" for address, view in pages if not view.__module__.startswith(modules)]


TEMPLATE_RULES = [inline_code]
