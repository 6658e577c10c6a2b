from hypothesis import given
from hypothesis import strategies as st

from nhipcau.text.staleness import kept_of

OLD = "Trong kỳ, cơ quan đã ban hành kế hoạch và tổ chức ba lớp tập huấn cho cán bộ."


def test_text_that_is_the_same_is_stale_wholly():
    kept = kept_of(OLD, OLD)
    assert (kept.percent, kept.stale, kept.runs) == (100, True, ((OLD, True),))


def test_what_was_copied_is_marked_and_counted_in_words():
    now = "Trong kỳ, cơ quan đã ban hành kế hoạch, lần đầu bằng bốn thứ tiếng."
    kept = kept_of(OLD, now)
    assert kept.runs == (("Trong kỳ, cơ quan đã ban hành kế", True), (" hoạch, lần đầu bằng bốn thứ tiếng.", False))
    assert (kept.percent, kept.stale) == (8 * 100 // 15, False)


def test_short_runs_are_the_language_and_not_a_copy():
    assert kept_of(OLD, "Trong kỳ, cơ quan không có hoạt động nào.").percent == 0


def test_short_text_that_is_wholly_the_same_is_a_copy():
    assert kept_of("Không có kiến nghị.", "Không có kiến nghị.").percent == 100


@given(st.text(max_size=60), st.text(max_size=60))
def test_pieces_joined_are_the_text(before, now):
    assert "".join(piece for piece, _same in kept_of(before, now).runs) == now
