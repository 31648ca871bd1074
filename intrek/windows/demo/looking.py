"""A dwelling of the demo is looked over at entry, with photos, and one at leaving."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from intrek.ground.documents.actions import make_paper, sign_paper, take_in
from intrek.ground.documents.queries import papers_of
from intrek.ground.partners.models import Membership
from intrek.ground.programmes.models import PaperGroup
from intrek.story.placement.actions import add_item, bear_difference, look_at, rest_is_good, start_condition
from intrek.story.placement.models import Condition, ConditionItem, Moment, Placement
from intrek.windows.demo.cast import Cast

ROOMS = (
    ("Keuken", "Kookplaat", "good", ""),
    ("Keuken", "Koelkast", "worn", "Een kras op de deur."),
    ("Woonkamer", "Zetel", "good", ""),
    ("Woonkamer", "Tafel met vier stoelen", "worn", "Eén stoel staat los."),
    ("Slaapkamer", "Bed met matras", "new", ""),
    ("Badkamer", "Wastafel", "good", ""),
)
LEFT = {
    "Zetel": ("damaged", "Een brandgat in de leuning.", "resident", Decimal(60)),
    "Kookplaat": ("worn", "", "wear", None),
}


def photo(words: str) -> SimpleUploadedFile:
    """A picture of a wall, a floor and something that stands there."""
    drawn = Image.new("RGB", (800, 600), "#e9e2d3")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 420, 800, 600), fill="#b08d64")
    pen.rectangle((250, 230, 560, 470), fill="#7d8f94", outline="#33474d", width=6)
    pen.line((300, 280, 360, 330), fill="#6e1f12", width=8)
    pen.text((30, 30), words, fill="#1d2a30")
    out = BytesIO()
    drawn.save(out, "JPEG")
    return SimpleUploadedFile(f"{words}.jpg", out.getvalue())


def looked_over(cast: Cast, placement: Placement, *, days_ago: int) -> Condition:
    """At entry: room by room, with two photos; report and key receipt are signed with the keys."""
    on, by = cast.ago(days_ago), cast.member("ruben", days_ago)
    condition = start_condition(placement, Moment.ENTRY, room="Woning", on=on, by=by)
    for room, what, state, remark in ROOMS:
        item = add_item(condition, room=room, what=what, by=by)
        photos = take_in([photo(what)]) if remark else []
        look_at(item, state=state, remark=remark, photos=photos, by=by)
    rest_is_good(condition, by=by)
    _sign(placement, PaperGroup.AT_HANDOVER, on, by)
    return condition


def _sign(placement: Placement, group: str, on: date, by: Membership) -> None:
    for paper in papers_of(placement.pk).filter(group=group).select_related("programme", "pathway"):
        make_paper(paper, on=on, by=by)
        sign_paper(paper, signed_on=on, today=on, by=by)


def looked_over_again(cast: Cast, placement: Placement, *, days_ago: int) -> Condition:
    """At leaving: two things are worse than they were, and it is settled who bears them."""
    on, by = cast.ago(days_ago), cast.member("ruben", days_ago)
    condition = start_condition(placement, Moment.LEAVING, room="Woning", on=on, by=by)
    for item in ConditionItem.objects.filter(condition=condition, what__in=LEFT).order_by("pk"):
        state, remark, bears, amount = LEFT[item.what]
        look_at(item, state=state, remark=remark, photos=take_in([photo(item.what)]), by=by)
        item.refresh_from_db()
        bear_difference(item, bears=bears, amount=amount, by=by)
    for item in ConditionItem.objects.filter(condition=condition, state="").select_related("was").order_by("pk"):
        look_at(item, state=item.was.state if item.was else "good", by=by)
    _sign(placement, PaperGroup.LEAVING, on, by)
    return condition
