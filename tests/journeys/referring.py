"""Handing in a referral, as a partner does: step by step, each with its main button."""

from datetime import timedelta


def refer_joke(hands, today):
    """The hospital's social worker refers somebody for a trial dwelling."""
    hands.open("/portal/").follow("/referrals/new/")
    hands.fill(track="trial", known_since="sinds twee jaar", commits="yes").press()
    hands.fill(given_name="Joke", family_name="Vanneste", birth_on="3/5/1988", phone="0470 12 34 56").press()
    hands.fill(**residence(today), registered="yes", where="De Reie", repeated_housing="yes").press()
    hands.fill(mental_health="diagnosed", mental_health_note="ontslag uit opname in zicht", addiction="no").press()
    hands.fill(support_need="Structuur in de dag, papieren.", accepts_support="yes", informed="yes").press()
    hands.reads("Vanneste").press()


def residence(today):
    """Two years of domicile in the municipality."""
    since = today - timedelta(days=730)
    first = {"since": f"{since.month}/{since.year}", "municipality": "Brugge", "domicile": "yes"}
    return {f"residences-0-{name}": answer for name, answer in first.items()}


def refer_omer(hands, address):
    """A housing officer refers a tenant: what threatens the tenancy, and not a word about health (P7)."""
    hands.open("/portal/").follow("/referrals/new/")
    hands.fill(track="sitting", known_since="sinds 2019", commits="no", successor="de huurdersdienst").press()
    hands.fill(given_name="Omer", family_name="Deceuninck", birth_on="14 februari 1971").press()
    hands.fill(landlord="De Reie", dwelling_address=address, tenant_since="1/9/2019", threats=["arrears"])
    hands.fill(threat_note="Drie maanden achterstand.", registered="yes", repeated_housing="yes").press()
    asked = set(hands.page.eval_on_selector_all("main form [name]", "all => all.map(e => e.name)"))
    assert not asked & {"mental_health", "mental_health_note", "addiction", "addiction_note", "justice_note"}
    hands.fill(support_need="Post openen, afbetalen.", accepts_support="yes", informed="yes").press()
    hands.reads("Deceuninck").press()
