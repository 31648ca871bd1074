"""What stands around every paper of a programme."""

from datetime import date

from intrek.ground.documents import store
from intrek.ground.documents.content import Imprint
from intrek.ground.documents.models import Logo
from intrek.ground.documents.photos import as_svg
from intrek.ground.programmes.models import Programme


def imprint_of(programme: Programme, reference: str, on: date, language: str) -> Imprint:
    """Whose paper it is, of what, made when, in which language, with the programme's own mark if it has one."""
    logo = logo_of(programme)
    return Imprint(str(programme), reference, on, language, as_svg(store.fetch(logo.name)) if logo else "")


def logo_of(programme: Programme) -> Logo | None:
    """The mark of a programme, if it put one on its papers."""
    return Logo.objects.filter(programme=programme).first()
