import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.splitting import is_ended, sentences_of


@pytest.mark.parametrize(
    "sentences",
    [
        ["Vietnam exports rice.", "Is it much?", "Yes!", "Very much…", "So it is."],
        ["Mr. Tran met Dr. Le in St. Gallen at 9.30 a.m. on Monday.", "The U.S. President J. Smith was there."],
        ['"It is done."', "“We agree,” she said.", "(So did he.)", "Then they left."],
        ["It rose by 3.5 percent in No. 7 of the list.", "Prices at vietnam.example fell."],
        ["He said no.", "She left in 2020.", "They won."],
        ["Am 22. November z.B. wuchs der Handel um ca. 3,5 Mio. Tonnen.", "„Gut.“", "»Sehr gut.«", "Das war alles."],
        ["TP. Hồ Chí Minh đón 5 triệu khách.", "PGS.TS. Nguyễn Văn A cho biết.", "Hết."],
        ["Г. Минх сообщил о 5 млн. тонн риса.", "Так было."],
        ["越南通过了铁路法案。", "“很好！”他说。", "真的吗？"],
        ["国会は「承認した。」と述べた。", "着工は２７年だ。"],
        ["वियतनाम ने चावल बेचा।", "यह बहुत है।"],
        ["ဗီယက်နမ်သည် ဆန်တင်ပို့သည်။", "ကောင်းသည်။"],
        ["វៀតណាម នាំចេញអង្ករ។", "ល្អណាស់។"],
        ["هل وصل الرئيس؟", "نعم، وصل أمس.", "ثم غادر۔"],
        ["ויאטנם מייצאת אורז.", "זה הרבה."],
        ["베트남이 쌀을 수출했다.", "많다."],
    ],
)
def test_sentences_of_a_paragraph(sentences):
    joined = "".join(sentence if sentence[-1] in "。！？”" else f"{sentence} " for sentence in sentences)
    assert sentences_of(joined) == sentences


def test_thai_is_cut_at_spaces_between_clauses_and_never_beside_digits():
    one = "รัฐสภาเวียดนามเห็นชอบโครงการรถไฟความเร็วสูงเชื่อมกรุงฮานอยกับนครโฮจิมินห์เมื่อวันที่ 22 พฤศจิกายน 2569"
    two = "โครงการนี้จะเริ่มก่อสร้างภายในสองปีและใช้งบประมาณจำนวนมากจากรัฐบาลกลาง"
    assert sentences_of(f"{one}\n{two}") == [one, two]
    assert sentences_of(f"{two} {two} สั้น") == [two, f"{two} สั้น"]


def test_line_break_ends_a_sentence_and_blank_lines_give_none():
    assert sentences_of("Heading without a stop\n\n  Text here. \t\n") == ["Heading without a stop", "Text here."]


@pytest.mark.parametrize(
    ("sentence", "ended"),
    [
        ("It rose.", True),
        ('"It rose."', True),
        ("Read more", False),
        ("A heading (2026)", False),
        ("真。", True),
        ("ไทย", True),
        ("", False),
    ],
)
def test_label_does_not_end_as_a_sentence_does(sentence, ended):
    assert is_ended(sentence) is ended


@given(st.text(max_size=300) | st.text(alphabet="aB. 。!?”\"'\nก ข9", max_size=300))
def test_sentences_of_any_text_are_its_pieces_in_order_and_lose_only_white_space(text):
    found = sentences_of(text)
    place = 0
    for sentence in found:
        assert sentence == sentence.strip() != ""
        place = text.index(sentence, place) + len(sentence)
    assert "".join("".join(found).split()) == "".join(text.split())
