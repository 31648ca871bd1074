"""Two programmes with the same story, and everybody who knocks at every page: what each was answered, and what is wrong with it."""

import os
import re
from collections import Counter, defaultdict
from datetime import timedelta
from functools import cached_property
from statistics import median
from time import perf_counter

from django.db import connection
from django.forms import BaseForm
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intrek.ground.common.ids import new_id
from intrek.ground.journal.models import Look, Outcome
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.actions import install_definition
from tests.access.canaries import Aviary
from tests.access.readers import readers_of
from tests.access.reference import OUTSIDE_FILE
from tests.access.story import open_beside, tell
from tests.access.walk import Atlas, every_page, lists_of

TRIES = 50
# With MATRIX every address is asked by everybody; without it, one where others would be answered alike.
WHOLE = "MATRIX"
# They show somebody in what somebody else added, and not in words of ours.
PICTURES = {f"documents:{each}" for each in ("file", "page", "scan", "sealed")}
PICTURES |= {
    "intervision:minutes_paper",
    "intervision:our_minutes_paper",
    "placement:photo",
    "placement:small_photo",
    "referral:file",
    "referral:small",
}
KINDS = {"answers": "wrong", "tells": "foreign", "shows": "missing", "refuses": "missing", "records": "extra"}
# What access adds to a page: which role, for which programme, what is granted, and what was seen. That somebody is signed in at all
# (the session) every site with accounts reads; what a page reads anyhow and narrows by the grants is no query more.
OF_ACCESS = re.compile(
    r'SELECT coalesce\(current_setting|INSERT INTO "journal_look"'
    r'|SELECT (?:(?! FROM ).)* FROM "(?:partners_membership|access_grant)"',
    re.DOTALL,
)
# Pages that show these rows: to them they are what others read anywhere else. A file of another team stands behind two walls, and
# says at each for which programme it asks.
SHOW_ACCESS = {"people:sharing", "partners:accounts", "portal:as_seen", "rights:everything", "portal:outside_file"}
OUTSIDE = ("nobody", "no role yet", "left yesterday")


def is_outside(name):
    """Anonymous, without a role today, or of another programme."""
    return name in OUTSIDE or name.endswith("elsewhere")


class World:
    """Two programmes with the same story, and everybody who knocks."""

    def __init__(self):
        self.here = tell(install_definition("brugge"))
        self.elsewhere = tell(install_definition("brugge", under="elders"))
        # A file of another team is open to who gave a reason, for an hour: that of the other programme has closed.
        open_beside(self.elsewhere, self.here, at=timezone.now())
        open_beside(self.here, self.elsewhere, at=timezone.now() - timedelta(minutes=61))
        self.readers = readers_of(self.here, self.elsewhere)
        self.aviary = Aviary()
        self.aviary.settle()
        self.atlases = [Atlas(self.here.programme), Atlas(self.elsewhere.programme)]
        self.pages = list(every_page())
        self.read, self.unrecorded = defaultdict(set), set()
        self.looks = set(Look.objects.order_by("pk").values_list("pk", flat=True))
        self.is_whole = WHOLE in os.environ
        self.cells, self.outside, self.wrong = 0, 0, Counter()
        self.access_queries = Counter()

    def addresses(self, reader):
        """What this reader asks: of each page whether it is theirs, and its addresses; one where others would be answered alike."""
        for page in self.pages:
            held = reader.holds(page.permission)
            tries = self.is_whole or reader.speaks_for_role
            for atlas in self.atlases if held else self.atlases[:tries]:
                asked = set()
                for count, (url, rows) in enumerate(self.in_order(reader, atlas.addresses(page), page, held=held)):
                    if count and self.asks_once(reader, held=held):
                        break
                    mine = held and all(reader.may_reach(row, page.name) for row in rows)
                    relation = (mine, *(reader.relation_to(row) for row in rows))
                    if self.is_whole or relation not in asked:
                        yield page, url, rows, mine
                    asked.add(relation)

    def in_order(self, reader, addresses, page, *, held):
        """Of a page that they do not hold first the rows that are theirs: there the permission alone stands in the way."""
        if held:
            return addresses
        return sorted(addresses, key=lambda each: not all(reader.may_reach(row, page.name) for row in each[1]))

    def asks_once(self, reader, *, held):
        """Whether one address of such a page tells enough, because others would be answered alike."""
        if self.is_whole:
            return not held and is_outside(reader.name)
        return not held or reader.is_staff

    def knock(self, reader):
        """What stood open, or was read, that should not be: in words."""
        found = set()
        for page, url, rows, mine in self.addresses(reader):
            if mine and rows and reader.is_staff and page.name != OUTSIDE_FILE:
                continue  # the same for all of the team: read once, in ``team_pages``
            asked = lists_of(url) if mine and not rows else [url]
            found |= {f"{page.name} {fault}" for each in asked for fault in self.faults(reader, each, page, mine)}
        return sorted(found)

    @cached_property
    def team_pages(self):
        """The pages about a person as the team reads them: the name of each, the texts on it, its forms."""
        an, read = self.readers["an"], []
        for page, url, rows, mine in self.addresses(an):
            if mine and rows:
                answer = self.get(an, url, page.name)
                heard = self.aviary.heard_in(answer, asked=url)
                read.append((page.name, heard, forms_in(answer)))
                unrecorded = self.unrecorded_in(an, heard, is_picture=page.name in PICTURES)
                self.count(
                    an, unrecorded | {f"tells {each.name}" for each in heard if not an.may_read(each, page.name)}
                )
                self.unrecorded |= {f"{page.name} {fault}" for fault in unrecorded}
        return read

    def read_by(self, name):
        """All that somebody reads on their own pages."""
        if name not in self.read:
            self.knock(self.readers[name])
        return self.read[name]

    def faults(self, reader, url, page, mine):
        """What is wrong at one address."""
        sends = reader.speaks_for_role and reader.holds(page.permission)
        found = self.foreign_in(reader, url, page.name) if mine else set(self.standing_open(reader, url, sends=sends))
        self.count(reader, found)
        return found

    def count(self, reader, found):
        """One cell more, and what was wrong in it."""
        self.cells += 1
        self.outside += is_outside(reader.name)
        self.wrong.update(KINDS[each.partition(" ")[0]] for each in found)

    def slowness_of_refusing(self):
        """How long what is not theirs takes, to what is nowhere: the medians of many tries, one beside the other."""
        ilse, taken = self.readers["ilse"], {True: [], False: []}
        foreign = Pathway.objects.filter(programme=self.here.programme).exclude(pk__in=ilse.referred)
        for way in list(foreign.order_by("pk").values_list("pk", flat=True)) * TRIES:
            for is_there in (True, False):
                url = reverse("referral:of_pathway", args=[way if is_there else new_id()])
                before = perf_counter()
                ilse.client.get(url)
                taken[is_there].append(perf_counter() - before)
        return round(median(taken[True]) / median(taken[False]), 3)

    def told(self):
        """The figures of the walk."""
        undeclared = [
            page.name for page in self.pages if not hasattr(page.view, "permission") and not page.is_of_library
        ]
        kinds = ("wrong", "foreign", "missing", "extra")
        told = {"cells": self.cells, "outside": self.outside, "undeclared": len(undeclared)}
        told |= {kind: self.wrong[kind] for kind in kinds}
        told |= {"access_queries": max(self.access_queries.values(), default=0)}
        return told | {"refused_to_not_found": self.slowness_of_refusing()}

    def get(self, reader, url, page_name):
        """The page; how many queries it took to know who asks and what they may, and to write down what they saw."""
        # A log that is full counts nothing any more.
        connection.queries_log.clear()
        with CaptureQueriesContext(connection) as captured:
            answer = reader.client.get(url)
        count = sum(bool(OF_ACCESS.match(each["sql"])) for each in captured.captured_queries)
        if page_name not in SHOW_ACCESS:
            self.access_queries[page_name] = max(self.access_queries[page_name], count)
        return answer

    def foreign_in(self, reader, url, page_name=""):
        """The texts on a page that are not this reader's."""
        heard = self.aviary.heard_in(self.get(reader, url, page_name), asked=url)
        self.read[reader.name] |= {each.name for each in heard}
        unrecorded = self.unrecorded_in(reader, heard, is_picture=page_name in PICTURES)
        return {f"tells {each.name}" for each in heard if not reader.may_read(each, page_name)} | unrecorded

    def unrecorded_in(self, reader, heard, *, is_picture=False):
        """The texts about somebody that a page showed without a look on record, and whom the record names without cause."""
        by, told = reader.member.pk if reader.member else None, {}
        look = Look.objects.filter(member_id=by, outcome="shown").order_by("-created_at", "-pk").first()
        for each in heard:
            # Who sent a message is said also of one that is closed by now.
            told |= dict.fromkeys(each.pathway_ids if each.name != "post.Message.by_label" else (), each.name)
        fresh = look.seen if look and look.pk not in self.looks else ()
        self.looks |= {look.pk} if look else set()
        seen = {pathway_id for each in fresh for pathway_id in self.ways[each]}
        extra = [each for each in fresh if not self.ways[each] & told.keys()]
        missing = {f"shows {name} unrecorded" for pathway_id, name in told.items() if pathway_id not in seen}
        return missing | ({f"records {len(extra)} it does not show"} if extra and not is_picture else set())

    @cached_property
    def ways(self):
        """The pathways of every person, and each pathway's own."""
        found = defaultdict(set)
        for pathway_id, person_id in Pathway.objects.order_by("pk").values_list("pk", "person_id"):
            found[str(person_id)].add(pathway_id)
            found[str(pathway_id)].add(pathway_id)
        return found

    def standing_open(self, reader, url, *, sends):
        """Whether something answers where nothing should, asked or told."""
        before = self.refusals(reader)
        answers = [reader.client.get(url)]
        if answers[0].status_code == 404 and reader.member and self.refusals(reader) != before + 1:
            yield "refuses unrecorded"
        if sends or answers[0].status_code == 405:
            answers.append(reader.client.post(url))
        for answer in answers:
            if answer.status_code not in {404, 405} and not asks_to_sign_in(reader, answer):
                yield f"answers {answer.request['REQUEST_METHOD']} with {answer.status_code}"
            yield from {f"tells {each.name}" for each in self.aviary.heard_in(answer, asked=url)}

    def refusals(self, reader):
        """How many requests of this reader are on record as refused."""
        by = reader.member.pk if reader.member else None
        return Look.objects.filter(member_id=by, outcome=Outcome.DENIED).count()


def asks_to_sign_in(reader, answer):
    return reader.user_id is None and answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


def not_there(request, exception):
    return HttpResponse("", status=404)


def forms_in(answer):
    """Every form a page was drawn with."""
    found = []
    for context in answer.context or []:
        for layer in context.dicts if hasattr(context, "dicts") else [context]:
            found += [getattr(each, "form", each) for each in layer.values()]
    return list({id(each): each for each in found if isinstance(each, BaseForm)}.values())
