"""The addresses of the house: one prefix per room, in the order of the story."""

from importlib.util import find_spec

from allauth.account import urls as account_urls
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, URLResolver, include, path

from intrek.ground.access.views import home
from intrek.ground.accounts.second_step import remove_passkey, set_up_app
from intrek.ground.accounts.views import choose_language

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
    "intrek.windows.rights": "rights/",
}


def room_urls() -> list[URLResolver]:
    """The pages of every room that has some."""
    return [path(prefix, include(f"{room}.urls")) for room, prefix in PREFIXES.items() if find_spec(f"{room}.urls")]


def sign_in_urls() -> list[URLPattern]:
    """Signing in and out and one's password; an address is changed by who gave the role."""
    return [each for each in account_urls.urlpatterns if each.name != "account_email"]


def second_step_urls() -> list[URLPattern]:
    """The second step: taking it, setting it up, and replacing it; what would leave somebody without one is not here."""
    return [
        path("", mfa.index, name="mfa_index"),
        path("", mfa.index, name="mfa_list_webauthn"),
        path("authenticate/", mfa.authenticate, name="mfa_authenticate"),
        path("again/", mfa.reauthenticate, name="mfa_reauthenticate"),
        path("app/", set_up_app, name="mfa_activate_totp"),
        path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
        path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
        path("passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
        path("passkey/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
        path("passkey/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
        path("passkey/<int:pk>/remove/", remove_passkey, name="mfa_remove_webauthn"),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("accounts/", include(sign_in_urls())),
    path("accounts/second-step/", include(second_step_urls())),
    path("i18n/setlang/", choose_language, name="set_language"),
    *room_urls(),
]
