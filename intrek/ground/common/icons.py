"""The drawings beside words: 24 × 24, strokes only. An icon never stands without its word."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Who draws a new one: one path if it can be, coordinates between 2.5 and 21.5.
SHAPES = {
    "alert": '<path d="M12 3.5L2.8 20h18.4z"/><path d="M12 10v4.6M12 17.2v.1"/>',
    "anchor": '<circle cx="12" cy="5.5" r="2"/><path d="M12 7.5v13M8 11h8M4.5 13.5c.3 4 3.2 7 7.5 7s7.2-3 7.5-7"/>',
    "arrow-left": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "arrow-right": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "bell": '<path d="M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 2H5zM10 20.5h4"/>',
    "building": '<path d="M5 20.5v-16h9v16M14 9.5h5v11M3 20.5h18M8 8.5h3M8 12h3M8 15.5h3"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4"/>',
    "chart": '<path d="M4 20h16M6.5 20v-6M11 20V9M15.5 20v-8.5M20 20V5"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.4 2"/>',
    "cross": '<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"/>',
    "door": '<path d="M5 20.5V3.5h10v17"/><path d="M15 6.5h4v14M3 20.5h18M11.5 12v.1"/>',
    "done": '<circle cx="12" cy="12" r="9"/><path d="M8 12.3l2.8 2.8L16 9.6"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15"/>',
    "euro": '<path d="M17.5 6.5a6.5 6.5 0 1 0 0 11M4 10.3h9M4 13.7h9"/>',
    "eye": (
        '<path d="M2.5 12c1.8-3.6 5.1-6.2 9.5-6.2s7.7 2.6 9.5 6.2c-1.8 3.6-5.1 6.2-9.5 6.2S4.3 15.6 2.5 12z"/>'
        '<circle cx="12" cy="12" r="2.8"/>'
    ),
    "globe": (
        '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c2.6 2.6 3.8 5.6 3.8 9s-1.2 6.4-3.8 9'
        'c-2.6-2.6-3.8-5.6-3.8-9s1.2-6.4 3.8-9z"/>'
    ),
    "headset": (
        '<path d="M4 12.5c0-4 3.5-7 8-7s8 3 8 7"/>'
        '<path d="M4 12.5v4.5h3v-4.5zM17 12.5v4.5h3v-4.5zM20 17c0 2.5-3 3.5-6 3.5"/>'
    ),
    "hidden": (
        '<path d="M4 4l16 16M9.5 6.2A9.7 9.7 0 0 1 12 5.8c4.4 0 7.7 2.6 9.5 6.2a13 13 0 0 1-2.6 3.5'
        'M6.2 8A13 13 0 0 0 2.5 12c1.8 3.6 5.1 6.2 9.5 6.2 1.3 0 2.5-.2 3.6-.7"/>'
    ),
    "home": '<path d="M4 20.5V12h2.6V8.7h2.6V5.2h5.6v3.5h2.6V12H20v8.5z"/><path d="M10 20.5v-5h4v5"/>',
    "hourglass": '<path d="M7 3.5h10M7 20.5h10M8 3.5c0 5 8 6 8 11v6M16 3.5c0 5-8 6-8 11v6"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.4M12 7.7v.1"/>',
    "key": '<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5L19.5 4M16 7.5l2.5 2.5M13.6 10l1.8 1.8"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v.1M4.5 12v.1M4.5 17.5v.1"/>',
    "lock": '<path d="M6.5 11h11v9h-11zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "mail": '<path d="M3.5 6h17v12.5h-17z"/><path d="M3.5 7l8.5 6.5L20.5 7"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "no": '<circle cx="12" cy="12" r="9"/><path d="M9 9l6 6M15 9l-6 6"/>',
    "out": '<path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9"/>',
    "paper": '<path d="M6 3.5h8l4 4v13H6z"/><path d="M14 3.5v4h4M9 12h6M9 15.5h6"/>',
    "passkey": (
        '<path d="M6 11a6 6 0 0 1 12 0v2.5M8.7 18.5c.6-1.5.8-3 .8-5V11a2.5 2.5 0 0 1 5 0c0 4 0 6-1.4 9'
        'M12 11c0 4-.2 6.5-1.5 9.5M17.6 16.5c-.1 1.3-.4 2.5-.8 3.5M5.8 16c.3-1 .4-2 .3-3"/>'
    ),
    "pause": '<circle cx="12" cy="12" r="9"/><path d="M10 8.5v7M14 8.5v7"/>',
    "pencil": '<path d="M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5z"/>',
    "people": (
        '<circle cx="9" cy="8.5" r="3.2"/><path d="M3 19.5c.4-3.6 2.8-5.5 6-5.5s5.6 1.9 6 5.5"/>'
        '<path d="M15.5 5.6a3.2 3.2 0 0 1 0 5.8M17.5 14.6c2 .7 3.2 2.3 3.5 4.9"/>'
    ),
    "person": '<circle cx="12" cy="8" r="3.6"/><path d="M5 20c.5-4.2 3.3-6.2 7-6.2s6.5 2 7 6.2"/>',
    "phone": (
        '<path d="M5 4h4l1.6 4.6-2.3 1.7a12 12 0 0 0 5.4 5.4l1.7-2.3L20 15v4a1.5 1.5 0 0 1-1.6 1.5'
        'C10.8 20 4 13.2 3.5 5.6A1.5 1.5 0 0 1 5 4z"/>'
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3"/><path d="M7 14h10v6.5H7z"/>',
    "question": '<path d="M9 9a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2.1"/><path d="M12 17.6v.1"/>',
    "saved": (
        '<path d="M6.5 18.5a4 4 0 0 1-.4-8 6 6 0 0 1 11.5-.6 4.3 4.3 0 0 1-.1 8.6"/><path d="M9 15.5l2.3 2.3 4.2-4.4"/>'
    ),
    "scales": '<path d="M12 4v16M7.5 20h9M5 7h14M5.5 7L3 13h5zM18.5 7L16 13h5z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "settings": (
        '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>'
    ),
    "sign": '<path d="M4 19.5h16M5 15c3-1 6-9 7.5-9s-2.5 9-.5 9 2.5-3 4-3 1 2 3.5 2"/>',
    "sofa": (
        '<path d="M6.5 11V6.5a2 2 0 0 1 2-2h7a2 2 0 0 1 2 2V11"/>'
        '<path d="M4 12.2a1.8 1.8 0 0 1 3.5 0V15h9v-2.8a1.8 1.8 0 0 1 3.5 0V18H4z"/><path d="M6.5 18v2M17.5 18v2"/>'
    ),
    "target": '<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="5"/><circle cx="12" cy="12" r="1"/>',
    "trash": '<path d="M5 7h14M9.5 7V4.5h5V7M7 7l.8 13h8.4L17 7M10.2 10.5v6M13.8 10.5v6"/>',
    "undo": '<path d="M8 5L4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H9"/>',
    "unknown": (
        '<circle cx="12" cy="12" r="9" stroke-dasharray="3 2.6"/>'
        '<path d="M10 9.8a2.1 2.1 0 1 1 3 1.9c-.7.3-1 .8-1 1.5"/><path d="M12 16v.1"/>'
    ),
    "upload": '<path d="M12 15V4M7.5 8L12 3.5 16.5 8M4.5 20h15"/>',
}
GABLE = "M5 46V24h5v-7h5v-7h5V3h8v7h5v7h5v7h5v22H29V33h-10v13z"


class NoSuchIcon(LookupError):
    """A template asks for a drawing that nobody made."""


@cache
def drawing(name: str, label: str = "") -> SafeString:
    """The icon as SVG inside the page; with a label it speaks for itself, else it is silent beside its word."""
    if name == "gable":
        inside, box = f'<path d="{GABLE}"/>', "0 0 48 48"
    elif name in SHAPES:
        inside, box = SHAPES[name], "0 0 24 24"
    else:
        raise NoSuchIcon(name)
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    css = "icon icon--gable" if name == "gable" else "icon"
    return format_html('<svg class="{}" viewBox="{}" {}>{}</svg>', css, box, voice, mark_safe(inside))  # noqa: S308
