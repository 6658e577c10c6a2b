import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.reporting.alike import groups_of
from nhipcau.reporting.citing import pieces_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("Một câu.", ["Một câu."]),
        ("Chi 1.234,5 triệu đồng. Đạt 98,7 %.", ["Chi 1.234,5 triệu đồng.", "Đạt 98,7 %."]),
        ("Tại TP. Hồ Chí Minh, GS. TS. Mẫu nói. Hết.", ["Tại TP. Hồ Chí Minh, GS. TS. Mẫu nói.", "Hết."]),
        ("Báo, đài v.v. đã đưa tin. Tốt.", ["Báo, đài v.v. đã đưa tin.", "Tốt."]),
        ("1. Ban hành kế hoạch.\n2. Tập huấn.", ["1. Ban hành kế hoạch.", "2. Tập huấn."]),
        ("Chi 1.500. Đạt.\n2.1. Kết quả.", ["Chi 1.500.", "Đạt.", "2.1. Kết quả."]),
        ("II. Kết quả đạt được", ["II. Kết quả đạt được"]),
        ("a) Việc thứ nhất;\nb) Việc thứ hai.", ["a) Việc thứ nhất;", "b) Việc thứ hai."]),
        ("- Đã làm. Đang làm.\n\n- Sẽ làm.", ["- Đã làm.", "Đang làm.", "- Sẽ làm."]),
        ("Theo Nghị quyết 47/NQ-CP ngày 15.4.2024. Xong.", ["Theo Nghị quyết 47/NQ-CP ngày 15.4.2024.", "Xong."]),
    ],
    ids=[
        "nothing",
        "one",
        "numbers",
        "titles",
        "and so on",
        "numbered",
        "ends in one",
        "roman",
        "letters",
        "dashes",
        "papers",
    ],
)
def test_sentences_of_reports(text, sentences):
    assert [piece.text for piece in pieces_of(text)] == sentences


def test_lines_are_counted_and_empty_ones_are_not():
    assert [(piece.text, piece.line) for piece in pieces_of("Một. Hai.\n\n  \nBa.")] == [
        ("Một.", 0),
        ("Hai.", 0),
        ("Ba.", 1),
    ]


PARTS = ["Một câu", "TP. Mẫu", "1.5", ". ", ".", "\n", "a) ", "- ", "II. ", "v.v. ", "Ạ", " "]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_every_sentence_stands_in_the_text_where_it_says_and_no_word_is_lost(parts):
    text = "".join(parts)
    pieces = pieces_of(text)
    assert [text[piece.begin : piece.end] for piece in pieces] == [piece.text for piece in pieces]
    assert all(one.end <= two.begin for one, two in itertools.pairwise(pieces))
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())


def test_what_offices_copied_from_one_letter_is_grouped_and_what_they_wrote_is_not():
    said = {
        1: "Đã quán triệt Nghị quyết 47/NQ-CP đến toàn thể cán bộ, công chức của cơ quan trong năm.",
        2: "Mở 3 lớp tập huấn cho phóng viên thường trú tại địa bàn biên giới phía Bắc.",
        3: "Đã quán triệt Nghị quyết 47/NQ-CP đến toàn thể cán bộ, công chức của đơn vị trong năm.",
        4: "Đã quán triệt Nghị quyết 47/NQ-CP đến toàn thể cán bộ, công chức của cơ quan trong năm.",
    }
    assert groups_of(said) == [[1, 3, 4]]
    assert groups_of({1: said[1], 2: said[2]}) == []


def test_very_short_sentences_are_grouped_only_where_they_are_the_same():
    assert groups_of({1: "Không phát sinh.", 2: "Không phát sinh.", 3: "Không có."}) == [[1, 2]]
