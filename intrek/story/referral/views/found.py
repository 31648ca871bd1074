"""Finding a referral for who may read it."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from intrek.ground.access.models import Category
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.story.referral.models import Referral
from intrek.story.referral.queries import open_categories, referrals_read_by


def find_referral(request: Any, pathway_id: Any) -> Referral:
    """The referral with its line, if its content is open to who asks; a grant for a dwelling opens none of it (P7)."""
    referral = get_object_or_404(referrals_read_by(request.member), pathway_id=pathway_id)
    referral.opened = open_categories(referral, request.member)  # type: ignore[attr-defined]  # asked once for a page
    if Category.REFERRAL not in referral.opened:  # type: ignore[attr-defined]
        raise Http404
    referral.pathway = get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)
    return referral


def talks_here(request: Any, referral: Referral) -> bool:
    """Whether who asks is one of the two sides: the programme's team, or the organisation that referred."""
    member = request.member
    return bool(member.is_staff_of_programme or referral.organisation_id == member.organisation_id)
