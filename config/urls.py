"""The addresses of the house: one prefix per room, in the order of the story."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# Room by room; a room whose pages are not there yet has no urls module, and so no address.
PREFIXES = {
    "intrek.windows.desk": "",
    "intrek.ground.common": "common/",
    "intrek.ground.accounts": "me/",
    "intrek.ground.programmes": "programmes/",
    "intrek.ground.partners": "partners/",
    "intrek.ground.access": "access/",
    "intrek.ground.journal": "journal/",
    "intrek.ground.post": "inbox/",
    "intrek.ground.people": "people/",
    "intrek.ground.pathways": "pathways/",
    "intrek.ground.dwellings": "dwellings/",
    "intrek.ground.services": "services/",
    "intrek.ground.documents": "documents/",
    "intrek.story.referral": "referrals/",
    "intrek.story.eligibility": "eligibility/",
    "intrek.story.intervision": "intervision/",
    "intrek.story.allocation": "allocation/",
    "intrek.story.placement": "placement/",
    "intrek.story.support": "support/",
    "intrek.story.evaluation": "evaluation/",
    "intrek.story.tenancy": "tenancy/",
    "intrek.story.aftercare": "aftercare/",
    "intrek.windows.portal": "portal/",
    "intrek.windows.steering": "steering/",
    "intrek.windows.exchange": "exchange/",
}


def room_urls() -> list[URLResolver]:
    """The pages of every room that has some."""
    return [path(prefix, include(f"{room}.urls")) for room, prefix in PREFIXES.items() if find_spec(f"{room}.urls")]


urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *room_urls(),
]
