from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.translation import override

from nhipcau.ui.icons import ICONS
from nhipcau.ui.states import STATES
from nhipcau.ui.templatetags import ui


@pytest.mark.parametrize(("language", "shown"), [("vi", "1.234,5"), ("en", "1,234.5")])
def test_vi_number_follows_the_reader(language, shown):
    with override(language):
        assert ui.vi_number(1234.5) == shown


def test_vi_number_of_nothing_is_a_dash():
    assert ui.vi_number(None) == "–"


def test_vi_number_of_zero_is_zero():
    assert ui.vi_number(0) == "0"


def test_day_of_a_moment_is_the_day_in_viet_nam():
    with override("vi"):
        assert ui.day(datetime(2026, 11, 21, 20, 0, tzinfo=UTC)) == "22/11/2026"


def test_day_of_a_date():
    with override("vi"):
        assert ui.day(date(2026, 11, 22)) == "22/11/2026"


def test_moment_is_told_in_viet_nam_time():
    with override("vi"):
        assert ui.moment(datetime(2026, 11, 22, 7, 5, tzinfo=UTC)) == "22/11/2026 14:05"


@pytest.mark.parametrize("show", [ui.day, ui.moment, ui.country_name, ui.language_name])
def test_nothing_is_shown_for_nothing(show):
    assert show(None) == ""


def test_country_and_language_are_named_in_vietnamese():
    with override("vi"):
        assert (ui.country_name("JP"), ui.language_name("ja")) == ("Nhật Bản", "Tiếng Nhật")


def test_icon_is_drawn_from_the_sprite_and_not_read_aloud():
    drawn = ui.icon("search")
    assert drawn == (
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/vendor/icons.svg#search"/></svg>'
    )


def test_icon_without_a_drawing_is_refused():
    with pytest.raises(ui.UnknownIconError, match="no-such-icon"):
        ui.icon("no-such-icon")


def test_every_state_has_an_icon_in_the_sprite():
    assert {appearance.icon for appearance in STATES.values()} <= set(ICONS)


def test_badge_says_the_word_before_the_icon():
    page = Template('{% include "ui/badge.html" with word="Gặp lỗi" state="failing" %}').render(Context())
    assert page.startswith('<span class="state state-late">Gặp lỗi<svg')


def test_page_numbers_leave_out_the_middle():
    page = Paginator(range(1000), 10).page(50)
    assert list(ui.page_numbers(page)) == [1, "…", 48, 49, 50, 51, 52, "…", 100]
