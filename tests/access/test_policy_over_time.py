"""The policy as time goes by: whatever is agreed, taken back, ended and moved, everybody sees what a reference in plain Python says.

Each step is drawn at random by hypothesis; after each, what a partner sees of both pathways is held against the reference, which knows
days, agreements and protocols and no line of the code it checks.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from intrek.ground.access.actions import end_grants, grant, share, withdraw_share
from intrek.ground.access.models import SHARED_GROUNDS, Category, Ground
from intrek.ground.access.queries import categories_of, open_break_in
from intrek.ground.common.refusals import Refused
from intrek.ground.partners.actions import end_protocol, note_protocol
from intrek.ground.partners.models import Organisation, ProtocolKind, Sector
from intrek.ground.pathways.models import Pathway
from intrek.windows.portal.actions import open_outside
from tests.factories import member, organisation, pathway, real_today, second_programme

LEAST, EXAMPLES, STEPS = 3_000, 70, 50
# A second database answers by the same policy, behind its wall.
if connection.vendor == "postgresql":
    LEAST, EXAMPLES = LEAST // 6, EXAMPLES // 6
CARE = {"health", "addiction", "justice", "support"}
ALL = {"identity", "contact", "tenancy", "progress", "referral", "finances"} | CARE
HOSPITAL, LANDLORD = "hospital", "landlord"
DAYS = st.integers(min_value=0, max_value=6)


@dataclass
class Agreed:
    """A share as people would note it."""

    way: int
    to: str
    only: str | None
    kinds: set
    first: int
    last: int
    back: int | None = None

    def holds(self, day):
        return self.first <= day <= self.last and (self.back is None or day < self.back)


@dataclass
class Reference:
    """What was agreed, in days from the first; and what follows from it."""

    day: int = 0
    agreed: list = field(default_factory=list)
    protocols: dict = field(default_factory=lambda: {HOSPITAL: [], LANDLORD: []})
    houses_until: dict = field(default_factory=dict)
    secrecy: dict = field(default_factory=dict)

    def has_protocol(self, to, day):
        return any(first <= day and (last is None or day <= last) for first, last in self.protocols[to])

    def refuses(self, new):
        """Whether this may not be agreed."""
        is_care = bool(new.kinds & CARE)
        unbound = not self.secrecy[new.to] or (new.only is not None and not self.secrecy[new.only])
        return (
            new.last < new.first
            or not self.has_protocol(new.to, new.first)
            or (is_care and (new.to == LANDLORD or unbound))
        )

    def shared(self, who, works_for, way):
        """The kinds of facts shared with somebody today."""
        if not self.has_protocol(works_for, self.day):
            return set()
        open_now = [
            a for a in self.agreed if a.way == way and a.to == works_for and a.only in {None, who} and a.holds(self.day)
        ]
        kinds = set().union(*(a.kinds | {"identity"} for a in open_now))
        keeps = works_for == HOSPITAL and self.secrecy[works_for] and self.secrecy[who]
        return kinds if keeps else kinds - CARE

    def own(self, works_for, way):
        """What is theirs without any agreement: the hospital referred the first, the landlord houses the second."""
        if works_for == HOSPITAL:
            return ALL - {"support"} if way == 0 else set()
        return {"tenancy"} if way in self.houses_until and self.day <= self.houses_until[way] else set()


class Place:
    """A hospital with two people, a landlord with one, a coordinator, somebody of another team, and two pathways."""

    def __init__(self):
        self.first_day = real_today()
        hospital, landlord = organisation("AZ St.-Jan"), organisation("Vivendo", sector=Sector.HOUSING)
        self.places = {HOSPITAL: hospital, LANDLORD: landlord}
        self.works_for = {"ilse": HOSPITAL, "joke": HOSPITAL, "hilde": LANDLORD}
        self.people = {"ilse": member("referrer", hospital), "joke": member("referrer", hospital)}
        self.people["hilde"] = member("housing_officer", landlord)
        self.coordinator, self.stranger = member("coordinator"), member("support_worker", programme=second_programme())
        self.ways = [pathway(referred_by=hospital), pathway(referred_by=organisation("CAW"))]
        grant(self.ways[0].pk, hospital, ground=Ground.OWN_REFERRAL, categories=Category, from_on=self.first_day)


class Partners(RuleBasedStateMachine):
    """What happens between them, as days pass."""

    at, steps = None, 0

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        for name in ("first_day", "places", "works_for", "people", "coordinator", "stranger", "ways"):
            setattr(self, name, getattr(self.at, name))
        self.reference = Reference(secrecy=dict.fromkeys([HOSPITAL, LANDLORD, "ilse", "joke", "hilde"], False))
        for who in self.reference.secrecy:
            self._keep_secrecy(who, keeps=False)
        self.shares, self.opened_until = [], {}

    def teardown(self):
        if hasattr(self, "undo"):
            for who in self.people:
                self.look_as(who)
            assert self._visible(self.coordinator.standing_on(self.today)) == {0, 1}
            assert self._visible(self.stranger.standing_on(self.today)) == set()
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def _keep_secrecy(self, who, *, keeps):
        """In the database, and in the rows that a request would have read anew."""
        row = self.places.get(who) or self.people[who].contact
        type(row).objects.filter(pk=row.pk).update(bound_by_secrecy=keeps)
        for name, held in self.people.items():
            mine = held.organisation if self.works_for[name] == who else held.contact
            if who in {name, self.works_for[name]}:
                mine.bound_by_secrecy = keeps

    def date(self, day):
        return self.first_day + timedelta(days=day)

    @property
    def today(self):
        return self.date(self.reference.day)

    @rule(days=st.integers(min_value=1, max_value=4))
    def days_pass(self, days):
        self.reference.day += days

    @rule(to=st.sampled_from([HOSPITAL, LANDLORD]), length=st.none() | DAYS)
    def a_protocol_is_signed(self, to, length):
        day = self.reference.day
        last = None if length is None else day + length
        told = {"from_on": self.today, "until_on": None if last is None else self.date(last), "by": self.coordinator}
        if self.reference.has_protocol(to, day):
            with pytest.raises(Refused):
                note_protocol(self.places[to], ProtocolKind.SIGNED, **told)
            return
        note_protocol(self.places[to], ProtocolKind.SIGNED, **told)
        self.reference.protocols[to].append([day, last])

    @rule(to=st.sampled_from([HOSPITAL, LANDLORD]))
    def a_protocol_ends(self, to):
        held = self.places[to].protocols.in_force(self.today).first()
        assert (held is not None) == self.reference.has_protocol(to, self.reference.day)
        if held:
            end_protocol(held, last_day=self.today - timedelta(days=1), by=self.coordinator)
            day = self.reference.day
            mine = next(
                each for each in self.reference.protocols[to] if each[0] <= day and (each[1] is None or day <= each[1])
            )
            mine[1] = day - 1

    @rule(who=st.sampled_from([HOSPITAL, LANDLORD, "ilse", "joke", "hilde"]), keeps=st.booleans())
    def secrecy_changes(self, who, keeps):
        self._keep_secrecy(who, keeps=keeps)
        self.reference.secrecy[who] = keeps

    @rule(
        way=st.sampled_from([0, 1]),
        to=st.sampled_from([HOSPITAL, LANDLORD]),
        only=st.booleans(),
        kinds=st.sets(st.sampled_from(sorted(ALL - {"identity"})), min_size=1, max_size=4),
        wait=DAYS,
        length=st.integers(min_value=-1, max_value=6),
    )
    def something_is_shared(self, way, to, only, kinds, wait, length):
        who = next(name for name, place in self.works_for.items() if place == to) if only else None
        first = self.reference.day + wait
        new = Agreed(way, to, who, set(kinds), first, first + length)
        place = Organisation.objects.get(pk=self.places[to].pk)
        contact = self.people[who].contact if who else None
        told = {"purpose": "Samen opvolgen.", "agreed_on": self.today, "on": self.today, "by": self.coordinator}
        days = {"from_on": self.date(new.first), "until_on": self.date(new.last)}
        made = None
        with suppress(Refused):
            made = share(self.ways[way].pk, place, contact=contact, categories=kinds, **days, **told)
        assert (made is None) == self.reference.refuses(new)
        if made:
            self.reference.agreed.append(new)
            self.shares.append((made, new))

    @rule(which=st.integers(min_value=0, max_value=50))
    def it_is_taken_back(self, which):
        open_still = [pair for pair in self.shares if pair[1].back is None and pair[1].first <= self.reference.day]
        if open_still:
            made, mine = open_still[which % len(open_still)]
            withdraw_share(made, withdrawn_on=self.today, by=self.coordinator)
            mine.back = self.reference.day

    @rule(way=st.sampled_from([0, 1]))
    def somebody_moves_in_with_the_landlord(self, way):
        grant(
            self.ways[way].pk,
            self.places[LANDLORD],
            ground=Ground.OWN_DWELLING,
            categories=[Category.TENANCY],
            from_on=self.today,
        )
        self.reference.houses_until[way] = 10_000

    @rule(way=st.sampled_from([0, 1]))
    def somebody_moves_out(self, way):
        end_grants(self.ways[way].pk, self.places[LANDLORD], ground=Ground.OWN_DWELLING, last_day=self.today)
        if self.reference.houses_until.get(way, -1) > self.reference.day:
            self.reference.houses_until[way] = self.reference.day

    @rule(way=st.sampled_from([0, 1]))
    def the_pathway_closes(self, way):
        """What is closed is not hidden from whom it was open to: only an agreement or a day ends that."""
        Pathway.objects.filter(pk=self.ways[way].pk).update(stage="closed")

    @rule(way=st.sampled_from([0, 1]))
    def another_worker_carries_it(self, way):
        Pathway.objects.filter(pk=self.ways[way].pk).update(worker=self.coordinator.contact)

    @rule(
        way=st.sampled_from([0, 1]), reason=st.sampled_from(["", "Zij belde in paniek."]), minutes=st.integers(0, 200)
    )
    def another_team_opens_it(self, way, reason, minutes):
        at = self.ways[way].created_at + timedelta(days=self.reference.day, minutes=minutes)
        made, told = self.ways[way], {"reason": reason, "at": at, "by": self.stranger}
        if not reason:
            with pytest.raises(Refused):
                open_outside(programme=made.programme_id, number=made.number, **told)
            return
        open_outside(programme=made.programme_id, number=made.number, **told)
        for later, is_open in ((0, True), (59, True), (60, False)):
            instant = at + timedelta(minutes=later)
            assert (open_break_in(self.stranger, made.pk, at=instant) is not None) == is_open or self._opened(
                way, instant
            )
        self.opened_until[way] = max(self.opened_until.get(way, at), at + timedelta(minutes=60))

    def _opened(self, way, instant):
        """Whether it was opened more than once, and the other time still holds."""
        return way in self.opened_until and instant < self.opened_until[way]

    @invariant()
    def one_of_them_sees_what_the_reference_says(self):
        """After each step with the eyes of the next of the three; what is wrong for one stays wrong for longer than that."""
        if hasattr(self, "reference"):
            type(self).steps += 1
            self.look_as(list(self.people)[self.steps % len(self.people)])

    def look_as(self, who):
        """What somebody sees of both pathways today."""
        place, now = self.works_for[who], self.people[who].standing_on(self.today)
        shared = {way: self.reference.shared(who, place, way) for way in (0, 1)}
        own = {way: self.reference.own(place, way) for way in (0, 1)}
        assert self._visible(now, SHARED_GROUNDS) == {way for way in shared if shared[way]}, who
        assert self._visible(now) == {way for way in own if own[way]}, who
        for way in (0, 1):
            if shared[way] | own[way]:  # who sees nothing of a pathway was just found not to see it
                assert categories_of(now, self.ways[way].pk) == shared[way] | own[way], (who, way)

    def _visible(self, somebody, grounds=None):
        rows = Pathway.objects.filter(pk__in=[each.pk for each in self.ways])
        found = rows.visible_to(somebody, grounds=grounds) if grounds else rows.visible_to(somebody)
        ids = set(found.values_list("pk", flat=True).order_by("pk"))
        return {number for number, each in enumerate(self.ways) if each.pk in ids}


@pytest.mark.django_db
def test_whatever_happens_everybody_sees_what_the_reference_says():
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    chosen = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=checks, derandomize=True
    )
    Partners.at, Partners.steps = Place(), 0
    run_state_machine_as_test(Partners, settings=chosen)
    assert Partners.steps >= LEAST
