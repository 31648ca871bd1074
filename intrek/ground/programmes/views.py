"""What the programme asks and does, shown to everyone and changed by the coordinator (P4, P5, P8)."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires
from intrek.ground.programmes import actions, queries
from intrek.ground.programmes.forms import (
    LANGUAGE_NAMES,
    CodeForm,
    CriterionForm,
    EndForm,
    ProgrammeRuleForm,
    ScreenRuleForm,
    TrackRuleForm,
)
from intrek.ground.programmes.models import CodeItem, CodeList, Criterion, CriterionKind, Track, in_words
from intrek.ground.programmes.rules import sentence


def find_track(request, kind):
    """The programme's track of this kind, with its rules."""
    tracks = Track.objects.filter(programme=request.member.programme).prefetch_related("rules")
    return get_object_or_404(tracks, kind=kind)


def find_criterion(request, criterion_id):
    """A condition of the programme."""
    found = Criterion.objects.filter(programme=request.member.programme).select_related("track")
    return get_object_or_404(found, pk=criterion_id)


def find_code(request, item_id):
    """An entry of a code list of the programme."""
    return get_object_or_404(CodeItem, pk=item_id, programme=request.member.programme)


def known_list(code_list):
    """The code list of the address, if there is one."""
    if code_list not in CodeList.values:
        raise Http404
    return CodeList(code_list)


@requires("programmes.read")
def for_whom(request):
    """For whom the programme is (P4): drawn from the conditions of today."""
    programme = request.member.programme
    rule = queries.rule_of(programme, request.today)
    tracks = queries.described_tracks(programme, request.today)
    context = {"programme": programme, "about": in_words(programme.about), "tracks": tracks, "rule": rule}
    return render(request, "programmes/for_whom.html", context)


@requires("programmes.settings")
def settings(request):
    """The rules that hold, are planned, and held before."""
    programme = request.member.programme
    sheet = queries.sheet_of(programme.rules, request.today)
    tracks = [(each, queries.sheet_of(each.rules, request.today)) for each in queries.tracks_of(programme)]
    context = {"programme": programme, "sheet": sheet, "tracks": tracks, "lists": CodeList.choices}
    return render(request, "programmes/settings.html", context)


def rule_work(request, form_class, name, held):
    """The form of a dated rule: as its last version reads, from today on unless that version is still to come."""
    first = {"from_on": max(request.today, held.from_on)}
    return drafted(request, form_class, f"programmes.{name}:{held.pk}", instance=held, initial=first)


def _change_rule(request, form_class, name, heading):
    """Some of the programme's own rules, from a day on."""
    programme = request.member.programme
    work = rule_work(request, form_class, name, queries.latest(programme.rules))
    if work.saved(partial(actions.change_programme_rule, programme, on=request.today, by=request.member)):
        messages.success(request, _("Saved."))
        return redirect("programmes:settings")
    return work.page("programmes/rule.html", heading=heading)


@requires("programmes.settings")
def change_rule(request):
    """Quota and days, from a day on."""
    return _change_rule(request, ProgrammeRuleForm, "rule", _("Rules of the programme"))


@requires("programmes.settings")
def change_screens(request):
    """After how long an untouched screen locks, role by role, from a day on."""
    return _change_rule(request, ScreenRuleForm, "screens", _("Screens that lock"))


@requires("programmes.settings")
def change_track(request, kind):
    """Term and rhythm of a track, from a day on."""
    track = find_track(request, kind)
    work = rule_work(request, TrackRuleForm, "track", queries.latest(track.rules))
    if work.saved(partial(actions.change_track_rule, track, on=request.today, by=request.member)):
        messages.success(request, _("Saved."))
        return redirect("programmes:settings")
    return work.page("programmes/rule.html", heading=track)


@requires("programmes.criteria")
def criteria(request, kind):
    """The conditions of a track: those of today, those planned, those of before."""
    track = find_track(request, kind)
    lines = queries.criterion_lines(track, request.today)
    past = queries.past_criteria(track, request.today)
    context = {"track": track, "lines": lines, "past": past, "kinds": CriterionKind.choices}
    return render(request, "programmes/criteria.html", context)


@requires("programmes.criteria")
def add(request, kind, criterion_kind):
    """A condition more."""
    track, of_kind = find_track(request, kind), known_kind(criterion_kind)
    told = {"kind": of_kind, "initial": {"from_on": request.today}}
    work = drafted(request, CriterionForm, f"programmes.criterion.new:{track.pk}.{of_kind}", **told)
    if work.saved(partial(actions.add_criterion, track, kind=of_kind, on=request.today, by=request.member)):
        return redirect("programmes:criteria", kind)
    return work.page("programmes/criterion.html", track=track, kind=of_kind, reads=sentence(of_kind, {}))


def known_kind(kind):
    """The kind of condition of the address, if there is one."""
    if kind not in CriterionKind.values:
        raise Http404
    return CriterionKind(kind)


@requires("programmes.criteria")
def change(request, criterion_id):
    """A condition reads otherwise, from a day on."""
    criterion = queries.newest_version(find_criterion(request, criterion_id))
    told = {"kind": criterion.kind, "initial": {"from_on": max(request.today, criterion.from_on)}}
    work = drafted(request, CriterionForm, f"programmes.criterion:{criterion.pk}", instance=criterion, **told)
    if work.saved(partial(actions.change_criterion, criterion, on=request.today, by=request.member)):
        return redirect("programmes:criteria", criterion.track.kind)
    return work.page("programmes/criterion.html", **queries.described(criterion), reads=criterion)


@requires("programmes.criteria")
def end(request, criterion_id):
    """A condition is no longer asked after a day."""
    criterion = find_criterion(request, criterion_id)
    key = f"programmes.criterion.end:{criterion.pk}"
    work = drafted(request, EndForm, key, initial={"last_day": request.today})
    if work.saved(partial(actions.end_criterion, criterion, on=request.today, by=request.member)):
        return redirect("programmes:criteria", criterion.track.kind)
    return work.page("programmes/end.html", criterion=criterion)


@requires("programmes.criteria")
@require_POST
def take_back(request, criterion_id):
    """A planned change does not go through."""
    criterion = find_criterion(request, criterion_id)
    if criterion.from_on > request.today:
        actions.end_criterion(criterion, last_day=request.today, on=request.today, by=request.member)
        messages.success(request, _("What was planned is taken back."))
    return redirect("programmes:criteria", criterion.track.kind)


@requires("programmes.criteria")
@require_POST
def move(request, criterion_id):
    """A condition is asked earlier or later."""
    criterion = find_criterion(request, criterion_id)
    step = -1 if request.POST.get("up") else 1
    actions.move_criterion(criterion, step=step, on=request.today)
    return redirect("programmes:criteria", criterion.track.kind)


@requires("programmes.criteria")
def preview(request, criterion_kind):
    """The sentence as people will read it, while it is written."""
    kind = known_kind(criterion_kind)
    told = {name: text for name, text in request.GET.items() if text.strip()}
    own = in_words({language: told.get(f"text_{language}", "") for language in LANGUAGE_NAMES})
    return render(request, "programmes/_reads.html", {"reads": own or sentence(kind, told)})


@requires("programmes.settings")
def code_lists(request):
    """The code lists of the programme."""
    return render(request, "programmes/codes.html", {"lists": CodeList.choices})


@requires("programmes.settings")
def code_list(request, code_list):
    """The entries of a code list."""
    chosen = known_list(code_list)
    items = queries.codes(request.member.programme, chosen)
    return render(request, "programmes/code_list.html", {"code_list": chosen, "items": items})


@requires("programmes.settings")
def add_entry(request, code_list):
    """An entry more."""
    chosen = known_list(code_list)
    work = drafted(request, CodeForm, f"programmes.code.new:{chosen}", code_list=chosen, is_new=True)
    if work.saved(partial(actions.add_code, request.member.programme, chosen, on=request.today, by=request.member)):
        return redirect("programmes:code_list", chosen)
    return work.page("programmes/code.html", code_list=chosen, item=None)


@requires("programmes.settings")
def change_entry(request, item_id):
    """An entry is written otherwise."""
    item = find_code(request, item_id)
    key = f"programmes.code:{item.pk}"
    work = drafted(request, CodeForm, key, instance=item, code_list=item.list, is_new=False)
    if work.saved(partial(actions.relabel_code, item, on=request.today, by=request.member)):
        return redirect("programmes:code_list", item.list)
    return work.page("programmes/code.html", code_list=CodeList(item.list), item=item)


@requires("programmes.settings")
@require_POST
def retire(request, item_id):
    """An entry can no longer be chosen."""
    item = find_code(request, item_id)
    actions.retire_code(item, last_day=request.today - timedelta(days=1), by=request.member)
    return redirect("programmes:code_list", item.list)


@requires("programmes.settings")
@require_POST
def restore(request, item_id):
    """An entry can be chosen again."""
    item = find_code(request, item_id)
    actions.restore_code(item, on=request.today, by=request.member)
    return redirect("programmes:code_list", item.list)
