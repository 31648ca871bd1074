"""A form on a page whose typed text is never lost: drafts, conflicts and refusals in one place for every room.

The drafts themselves live in ``accounts``; its middleware hands them over as ``request.drafts``, since this room stands before it.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from intrek.ground.common import merging, wording
from intrek.ground.common.carried import (
    BASE,
    KEY,
    MORE,
    OWNER,
    SEEN,
    THEIRS,
    VERSION,
    owner_token,
    told_answers,
    told_version,
    typed_answers,
)
from intrek.ground.common.forms import IntrekForm, one_row_more
from intrek.ground.common.held import take_held
from intrek.ground.common.merging import Clash, Merge, Sent, query_of, sent_by
from intrek.ground.common.refusals import Refused
from intrek.ground.common.rows import Conflict, Row

TRIES = 5


class KeptDraft(Protocol):
    """What was typed and not saved."""

    data: Any
    base_version: Any
    base: Any
    updated_at: Any


class DraftStore(Protocol):
    """The drafts of who is signed in."""

    def find(self, key: str) -> KeptDraft | None: ...
    def keep(self, key: str, *, answers: Sent, base_version: int | None, base: Sent) -> KeptDraft: ...
    def end(self, key: str) -> None: ...


def moment_words(at: datetime) -> str:
    """The hour of an instant, with its day when that is not today."""
    local = timezone.localtime(at)
    words = _("%(hour)s on %(day)s") % {"hour": wording.hour(at), "day": wording.day(at)}
    return wording.hour(at) if local.date() == timezone.localdate() else words


class Work:
    """Somebody's work on one form: typed, put back, merged or refused, until it is saved.

    In the template: ``<c-form :work="work">`` around the fields; ``work.form`` is the form.
    """

    def __init__(
        self,
        request: Any,
        form_class: type[IntrekForm],
        key: str,
        *,
        instance: Any,
        initial: dict[str, Any],
        options: dict[str, Any],
    ) -> None:
        if not KEY.fullmatch(key):
            raise ValueError(f"{key} is no key of a draft: room.form or room.form:id, in small letters")
        self.request, self.form_class, self.key = request, form_class, key
        self.instance, self.initial, self.options = instance, initial, options
        self.draft: KeptDraft | None = None
        self.merge = Merge({})
        self.theirs: Sent = {}
        self.result: Any = None
        self.version: int | None = instance.version if instance else None
        self.base: Sent = {}
        if request.method == "POST":
            self._read()
        else:
            self._open()

    # ---- how it starts ----

    def _open(self) -> None:
        held = take_held(self.request, self.key)
        self.draft = self.request.drafts.keep(self.key, **held) if held else self.request.drafts.find(self.key)
        if self.draft is None:
            self.form = self._make()
            self.base = sent_by(self.form) if self.instance else {}
            self.typed: Sent = {}
            return
        self.typed = {name: list(texts) for name, texts in self.draft.data.items()}
        self._start_from(self.draft.base_version, self.draft.base)
        self._settle(restored=True)

    def _read(self) -> None:
        post = self.request.POST
        self.typed = typed_answers(post)
        self._start_from(told_version(post.get(VERSION)), told_answers(post.get(BASE)))
        self.theirs = told_answers(post.get(THEIRS))
        more = post.get(MORE, "")
        if more in self.form_class.rows:
            self.typed = dict(one_row_more(query_of(self.typed), more).lists())
        self._settle(restored=bool(more))

    def _start_from(self, version: int | None, base: Sent) -> None:
        """Take over which saving the answers started from. A form that does not tell is held to the current one."""
        if self.instance and version not in (None, self.instance.version):
            self.version, self.base = version, base
        elif self.instance:
            self.base = base or sent_by(self._make())

    # ---- two people on one row ----

    def _settle(self, *, restored: bool = False) -> None:
        """Bring the answers up to the row as it is saved now, as far as that goes without a person."""
        self.merge = Merge(self.typed)
        if self.instance and self.version != self.instance.version:
            self._take_choices()
        if self.instance and self.version != self.instance.version:
            theirs = sent_by(self._make())
            self.merge = self._merged(theirs, self._choices() if self._seen() == self.instance.version else {})
            if self.merge.clashes:
                self.theirs = theirs
            else:
                self._move_to(self.instance.version, theirs)
        self.form = self._make(query_of(self.merge.answers), restored=restored or bool(self.clashes))

    def _take_choices(self) -> None:
        """What the person chose settles the clash with the saving they were shown, not with a later one."""
        seen = self._seen()
        if not (self.theirs and seen):
            return
        chosen = self._merged(self.theirs, self._choices())
        if chosen.is_settled:
            self.merge = chosen
            self._move_to(seen, self.theirs)

    def _move_to(self, version: int, base: Sent) -> None:
        answers = {name: texts for name, texts in self.merge.answers.items() if not name.startswith(merging.CHOICE)}
        answers.pop(SEEN, None)
        self.typed, self.version, self.base, self.theirs = answers, version, base, {}
        self.merge = Merge(answers, taken=self.merge.taken)

    def _merged(self, theirs: Sent, choices: dict[str, str]) -> Merge:
        return merging.merged(self._bare, base=self.base, mine=self.typed, theirs=theirs, choices=choices)

    def _choices(self) -> dict[str, str]:
        start = merging.CHOICE
        return {
            name.removeprefix(start): texts[-1]
            for name, texts in self.typed.items()
            if name.startswith(start) and texts
        }

    def _seen(self) -> int | None:
        return told_version(next(iter(self.typed.get(SEEN, [])), None))

    def _make(self, data: Any = None, *, restored: bool = False) -> IntrekForm:
        stored = self.form_class.answers_of(self.instance) if self.instance else {}
        files = self.request.FILES if data is not None else None
        return self.form_class(
            data, files, initial=self.initial | stored, restored=restored, today=self.request.today, **self.options
        )

    def _bare(self, data: Any) -> IntrekForm:
        return self.form_class(data, self.request.FILES, today=self.request.today, **self.options)

    # ---- how it ends ----

    def saved(self, save: Callable[..., Any]) -> bool:
        """Whether the answers were saved: asks the form, calls ``save(**answers)``, ends the draft.

        On a row that people edit, ``save`` also gets ``expected_version``. Whatever stands in the way — a mistake, refusals,
        somebody else's saving — is on the page afterwards, and what was typed is kept as a draft.
        """
        if self.request.method != "POST":
            return False
        for _try in range(TRIES):
            if self.clashes or not self.form.is_valid():
                break
            if self._tried(save):
                self.request.drafts.end(self.key)
                return True
        self.keep()
        return False

    def _tried(self, save: Callable[..., Any]) -> bool:
        versioned = {"expected_version": self.version} if self.instance else {}
        try:
            self.result = save(**self.form.answers(), **versioned)
        except Refused as refused:
            self.form.add_error(None, refused)
            return False
        except (Conflict, IntegrityError) as raced:
            if not self._somebody_saved(raced):
                raise
            self._settle()
            return False
        return True

    def _somebody_saved(self, raced: Exception) -> bool:
        if self.instance is None:
            return False
        self.instance = self.instance._meta.model._base_manager.get(pk=self.instance.pk)
        return isinstance(raced, Conflict) or self.instance.version != self.version

    def keep(self) -> KeptDraft:
        """Keep what was typed, with the saving it started from."""
        kept = {name: texts for name, texts in self.typed.items() if name not in self.form_class.passing}
        draft: KeptDraft = self.request.drafts.keep(self.key, answers=kept, base_version=self.version, base=self.base)
        return draft

    def page(self, template: str, **context: Any) -> HttpResponse:
        """The page with the form; the template knows ``work`` and ``form``."""
        return render(self.request, template, {**context, "work": self, "form": self.form})

    # ---- what the page shows ----

    @property
    def clashes(self) -> list[Clash]:
        """The questions that somebody else answered differently in the meantime."""
        return self.merge.clashes

    @property
    def taken(self) -> list[str]:
        """The questions where the other's answer came in by itself."""
        return self.merge.taken

    @property
    def saved_by(self) -> str:
        """Who saved the row last."""
        return getattr(self.instance, "saved_by", "") or _("Somebody else")

    @property
    def saved_at(self) -> str:
        """When the row was saved last, in words."""
        return moment_words(self.instance.saved_at) if isinstance(self.instance, Row) else ""

    @property
    def was_asked(self) -> bool:
        """The person has seen these clashes and sent the form without choosing everywhere."""
        return bool(self.clashes) and self.request.method == "POST" and self._seen() == self.instance.version

    @property
    def ways_out(self) -> list[Any]:
        """Where the reasons of a refusal can be taken away."""
        return [reason.way_out for reason in self.form.refusals if reason.way_out]

    @property
    def is_dirty(self) -> bool:
        """What is on the page is not yet saved as the row."""
        return bool(self.draft or self.request.method == "POST")

    @property
    def put_back(self) -> str:
        """The hour of the draft that was put back; empty when there is none."""
        return moment_words(self.draft.updated_at) if self.draft else ""

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form carries along unseen."""
        own = [(OWNER, owner_token(self.request.user.pk, self.key))]
        if not self.instance:
            return own
        told = [*own, (VERSION, str(self.version)), (BASE, json.dumps(self.base))]
        seen = [(SEEN, str(self.instance.version)), (THEIRS, json.dumps(self.theirs))]
        return told + seen if self.clashes else told


def drafted(
    request: HttpRequest,
    form_class: type[IntrekForm],
    key: str,
    *,
    instance: Any = None,
    initial: dict[str, Any] | None = None,
    **options: Any,
) -> Work:
    """Open the form of a page. ``key`` names the form and the row (``support.visit:<id>``), so that a draft never shows up elsewhere.

    ``instance`` is the row as saved now, when there is one; ``options`` go to the form.
    """
    return Work(request, form_class, key, instance=instance, initial=initial or {}, options=options)
