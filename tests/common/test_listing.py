"""Long lists, page by page."""

import pytest
from django import forms
from django.http import QueryDict

from intrek.ground.common.listing import Listing, active_chips, listing_of


class Filters(forms.Form):
    track = forms.ChoiceField(choices=[("a", "Trial"), ("b", "Sitting")], required=False)
    kind = forms.MultipleChoiceField(choices=[("x", "Ex"), ("y", "Why")], required=False)
    days = forms.IntegerField(label="Days", required=False)


class Rows(list):
    """Stands for a queryset, and remembers how far it was counted."""

    def order_by(self):
        return self

    def __getitem__(self, wanted):
        return Rows(super().__getitem__(wanted))

    def count(self):
        return len(self)


def asked(rf, query, count=100):
    return listing_of(rf.get(f"/?{query}"), Rows(range(count)), size=30)


@pytest.mark.parametrize("page", ["", "0", "-1", "two", "²", "9" * 50])
def test_a_page_that_is_none_is_the_first(rf, page):
    assert asked(rf, f"page={page}").number == 1


def test_a_page_beyond_the_last_is_empty_and_leads_back(rf):
    listing = asked(rf, "page=9")
    assert listing.is_empty
    assert listing.previous_url == "?page=8"
    assert listing.next_url == ""


def test_no_more_is_counted_than_a_person_cares_about(rf):
    listing = asked(rf, "", count=5_000)
    assert listing.count_text.endswith("000+")
    assert listing.has_next


def test_the_last_row_of_the_last_page_has_no_page_after_it(rf):
    assert asked(rf, "page=2", count=60).next_url == ""
    assert len(asked(rf, "page=2", count=60).rows) == 30


def test_following_a_page_keeps_the_filters(rf):
    assert asked(rf, "track=a&page=2").next_url == "?track=a&page=3"


def test_a_pager_of_many_pages_shows_the_first_the_near_and_the_last():
    listing = Listing([], 10, 30, 900, is_counted=True, has_next=True, query=QueryDict("page=10"))
    assert [link.label for link in listing.links] == ["1", "…", "8", "9", "10", "11", "12", "…", "30"]


def test_each_filter_is_a_chip_that_takes_only_itself_away(rf):
    request = rf.get("/?track=a&kind=x&kind=y&days=14&page=3")
    chips = active_chips(request, Filters(request.GET))
    assert [chip.label for chip in chips] == ["Trial", "Ex", "Why", "Days: 14"]
    assert chips[1].url == "?track=a&kind=y&days=14"


def test_a_filter_that_means_nothing_is_no_chip(rf):
    request = rf.get("/?track=zzz&days=many&other=1")
    assert active_chips(request, Filters(request.GET)) == []
