"""What a partner and a meeting look at, beside the pathways: grants, messages, an agenda."""

from collections.abc import Iterator
from datetime import date

from intrek.ground.access.models import Category, Grant, Ground
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.pathways.models import Pathway
from intrek.ground.post.models import Kind, Message
from intrek.ground.programmes.models import Programme
from intrek.story.intervision.models import AgendaItem, Meeting, Why

MESSAGES, ON_THE_TABLE = 10_000, 30
SEEN = [Category.IDENTITY.value, Category.PROGRESS.value, Category.REFERRAL.value]


def grants(partner: Organisation, pathways: list[Pathway]) -> Iterator[Grant]:
    """A referrer's sight of their own referrals."""
    for each in pathways:
        if each.referred_by_id == partner.pk and each.referred_on:
            yield Grant(
                programme_id=each.programme_id,
                pathway_id=each.pk,
                organisation=partner,
                ground=Ground.OWN_REFERRAL,
                categories=SEEN,
                from_on=each.referred_on,
            )


def messages(to: Contact, own: list[Pathway], size: int) -> Iterator[Message]:
    """An inbox: as many messages as there are pathways, ten thousand at most."""
    for number in range(min(size, MESSAGES)):
        about = own[number % len(own)]
        yield Message(
            programme_id=to.programme_id,
            to=to,
            kind=Kind.NEWS,
            pathway_id=about.pk,
            number=about.number,
            text="Er is nog geen woning vrij die past; wij laten het weten zodra er een is.",
        )


def agenda(programme: Programme, chair: Contact, pathways: list[Pathway], on: date) -> Iterator[AgendaItem]:
    """The meeting of today, with as many items at every size of the archive."""
    meeting = Meeting.objects.create(programme=programme, on=on, chair=chair)
    for number, each in enumerate(pathways[:ON_THE_TABLE]):
        yield AgendaItem(programme=programme, meeting=meeting, pathway=each, position=number + 1, why=Why.NEW_REFERRAL)
