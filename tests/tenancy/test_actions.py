from datetime import timedelta

import pytest

from intrek.ground.access.queries import categories_of
from intrek.ground.common.refusals import Refused
from intrek.ground.dwellings.models import Occupancy
from intrek.ground.partners.models import Sector
from intrek.ground.pathways.models import Awaited, Pathway, Stage
from intrek.ground.pathways.queries import line_of, with_lines
from intrek.story.evaluation.actions import hold_evaluation
from intrek.story.support.models import SupportTerm
from intrek.story.tenancy.actions import sign_tenancy
from intrek.story.tenancy.models import Tenancy
from tests.evaluation.terms import SCORES, START, trial_stay
from tests.factories import member, organisation

pytestmark = pytest.mark.django_db
FINAL = {"is_final": True, "is_positive": True, "next_step": "move_on", "scores": SCORES}
FIRST = START + timedelta(days=95)


@pytest.fixture
def worker():
    return member("support_worker")


@pytest.fixture
def landlord():
    return organisation("Vivendo", sector=Sector.HOUSING)


def evaluated(worker, **decided):
    placement = trial_stay(worker)
    hold_evaluation(placement.term, held_on=START + timedelta(days=80), by=worker, **{**FINAL, **decided})
    return placement


def sign(placement, landlord, by, **facts):
    told = {"starts_on": FIRST, "landlord": landlord, "with_support": False, "by": by}
    return sign_tenancy(placement, **{**told, **facts})


def support(worker):
    return {"with_support": True, "support_months": 6, "worker": worker.contact, "agreement_on": FIRST}


def read(pathway):
    return with_lines(Pathway.objects.filter(pk=pathway.pk)).get()


def test_the_loan_becomes_a_lease_and_the_dwelling_leaves_the_pool(worker, landlord):
    placement = evaluated(worker)
    tenancy = sign(placement, landlord, worker, conditions="Huisdier toegelaten.")
    placement.refresh_from_db()
    titles = Occupancy.objects.filter(pathway=placement.pathway).order_by("from_on")
    told = [(each.title, each.from_on, each.until_on) for each in titles]
    assert told == [("loan", START, FIRST - timedelta(days=1)), ("lease", FIRST, None)]
    assert (placement.ended_on, placement.ended_how) == (FIRST - timedelta(days=1), "tenancy_signed")
    assert placement.allocation.offer.used_up_on == FIRST
    assert tenancy.occupancy.title == "lease"


def test_without_support_the_pathway_awaits_what_comes_after(worker, landlord):
    placement = evaluated(worker)
    sign(placement, landlord, worker)
    now = read(placement.pathway)
    assert (now.awaits, now.first_ending, now.continued_on) == (Awaited.NEXT_STEP, "positive", None)
    assert not SupportTerm.objects.open().filter(pathway=now).exists()
    assert line_of(now, worker.on).now.code == "aftercare"


def test_with_support_track_b_begins_on_the_same_pathway_without_a_new_referral(worker, landlord):
    placement = evaluated(worker, support_goes_on=True)
    sign(placement, landlord, worker, **support(worker))
    now = read(placement.pathway)
    (term,) = SupportTerm.objects.open().filter(pathway=now)
    assert (term.track.kind, term.starts_on, term.placement) == ("sitting", FIRST, None)
    assert (now.stage, now.track.kind, now.current_track.kind) == (Stage.RUNNING, "trial", "sitting")
    assert (now.continued_on, now.awaits) == (FIRST, Awaited.EVALUATION)
    assert line_of(now, worker.on).now.code == "support"


def test_a_final_evaluation_of_the_second_term_has_a_station_of_its_own(worker, landlord):
    placement = evaluated(worker)
    sign(placement, landlord, worker, **support(worker))
    term = SupportTerm.objects.open().get(pathway=placement.pathway)
    hold_evaluation(term, held_on=FIRST + timedelta(days=1), by=worker, **FINAL)
    states = {step.station: step.state for step in read(placement.pathway).steps.all()}
    assert (states["final_evaluation"], states["second_final_evaluation"]) == ("done", "done")


def test_every_reason_is_told_at_once_and_nothing_is_written(worker):
    placement = trial_stay(worker)
    facts = {"starts_on": START, "with_support": True, "support_months": 13}
    with pytest.raises(Refused) as refused:
        sign(placement, None, worker, **facts)
    codes = [each.code for each in refused.value.reasons]
    wanted = ["no_final_evaluation", "no_landlord", "before_stay", "no_worker", "no_agreement", "too_long"]
    assert codes == wanted
    assert refused.value.reasons[-1].form_field == "support_months"
    assert refused.value.reasons[0].way_out.url.endswith("/final/")
    assert not Tenancy.objects.filter(pathway=placement.pathway).exists()


def test_the_same_contract_cannot_be_signed_twice(worker, landlord):
    placement = evaluated(worker)
    sign(placement, landlord, worker)
    with pytest.raises(Refused, match="already signed"):
        sign(placement, landlord, worker)
    assert Tenancy.objects.filter(pathway=placement.pathway).count() == 1


def test_history_signs_without_days_and_nothing_is_invented(worker, landlord):
    placement = trial_stay(worker)
    tenancy = sign(placement, landlord, None, starts_on=None, history=True, with_support=True)
    now = read(placement.pathway)
    assert tenancy.starts_on is None
    assert (now.current_track.kind, now.continued_on, now.first_ending) == ("sitting", None, "positive")
    assert {"tenancy_on", "ended_on"} <= set(now.to_complete)
    assert Occupancy.objects.get(pathway=now).title == "lease"


@pytest.mark.parametrize("goes_on", [False, True])
def test_the_landlord_goes_on_seeing_who_rents_their_dwelling(worker, landlord, goes_on):
    placement = evaluated(worker)
    sign(placement, landlord, worker, **(support(worker) if goes_on else {}))
    officer = member("housing_officer", placement.dwelling.owner, on=worker.on)
    assert placement.pathway in Pathway.objects.visible_to(officer)
    assert categories_of(officer, placement.pathway_id) == {"tenancy"}
