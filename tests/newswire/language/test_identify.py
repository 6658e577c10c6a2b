import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.newswire.language import identify, identify_all
from tests.support.shared import shared_data


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chủ tịch nước tiếp đoàn đại biểu cấp cao tại Hà Nội", "vi"),
        ("Chính phủ", "vi"),
        ("The president received the delegation in Hanoi on Monday", "en"),
        ("Le président a reçu la délégation à Hanoï lundi matin", "fr"),
        ("Der Präsident empfing die Delegation am Montag in Hanoi", "de"),
        ("Presiden menerima delegasi tersebut di Hanoi pada hari Senin, demikian pernyataan pemerintah", "id"),
        ("Президент принял делегацию во вторник утром в Ханое", "ru"),
        ("Президент прийняв делегацію у вівторок у Ханої", "uk"),
        ("رئيس الوزراء يزور العاصمة الفيتنامية هانوي يوم الاثنين", "ar"),
        ("رئیس جمهور روز دوشنبه با هیئت ویتنامی در تهران دیدار کرد و گفت", "fa"),
        ("وزیر اعظم نے ہنوئی میں وفد سے ملاقات کی", "ur"),
        ("राष्ट्रपति ने सोमवार को हनोई में प्रतिनिधिमंडल से मुलाकात की", "hi"),
        ("হানয়ে প্রতিনিধিদলের সঙ্গে রাষ্ট্রপতির বৈঠক", "bn"),
        ("中国外交部发言人在北京对记者说", "zh-Hans"),
        ("台灣總統府發言人週一對記者說", "zh-Hant"),
        ("大統領は月曜日にハノイで代表団と会談した", "ja"),
        ("대통령은 월요일 하노이에서 대표단을 접견했다", "ko"),
        ("ประธานาธิบดีต้อนรับคณะผู้แทนที่กรุงฮานอย", "th"),
        ("ປະທານປະເທດຕ້ອນຮັບຄະນະຜູ້ແທນ", "lo"),
        ("ប្រធានាធិបតីទទួលជួបគណៈប្រតិភូ", "km"),
        ("သမ္မတက ကိုယ်စားလှယ်အဖွဲ့ကို တွေ့ဆုံ", "my"),
        ("הנשיא קיבל את פני המשלחת בהאנוי", "he"),
        ("Ο πρόεδρος υποδέχθηκε την αντιπροσωπεία στο Ανόι", "el"),
    ],
)
def test_identify_tells_the_languages_of_the_newsroom(text, code):
    assert identify(text).code == code


@pytest.mark.parametrize("text", ["", "   ", "12.345, 67 % – 2026!", "😀 🎉", "→ ★"])
def test_identify_says_nothing_about_text_without_letters(text):
    found = identify(text)

    assert (found.code, found.confidence) == ("und", 0.0)


def test_identify_reads_chinese_full_of_foreign_names_as_chinese():
    assert identify("名单还包括英超目标球员 Philippe Coutinho、Ousmane Dembele 和 Samuel Umtiti。").code == "zh-Hans"


def test_identify_reads_japanese_without_kana_by_characters_that_china_does_not_use():
    assert identify("東京都知事選挙、投票率発表").code == "ja"


def test_identify_is_less_sure_of_a_mixed_text():
    pure = identify("Президент принял делегацию во вторник утром в Ханое и обсудил торговлю")
    mixed = identify("Президент принял делегацию во вторник утром в Ханое: The Hanoi Times and others report")

    assert mixed.code == pure.code == "ru"
    assert mixed.confidence < pure.confidence - 0.2


def test_identify_lets_the_page_decide_between_equals_only():
    doubtful = "Politika i ekonomija"
    certain = "The president received the delegation in Hanoi on Monday, and spoke about trade."

    assert identify(doubtful, declared="hr").code == "hr"
    assert identify(doubtful, declared="bs-BA").code == "bs"
    assert identify(certain, declared="vi").code == "en"


def test_identify_takes_the_writing_of_undecidable_chinese_from_the_page():
    assert identify("北京", declared="zh-TW").code == "zh-Hant"
    assert identify("北京", declared="zh-CN").code == "zh-Hans"
    assert identify("北京").confidence <= 0.5


@settings(deadline=None)  # the first text loads what is needed
@given(st.text(max_size=300))
def test_identify_never_raises_and_its_confidence_is_a_probability(text):
    found = identify(text)

    assert 0.0 <= found.confidence <= 1.0
    assert (found.code == "und") <= (found.confidence == 0.0)


def sentences():
    """Some 600 sentences of nine languages, drawn evenly, with their language."""
    lines = shared_data("stories/parallel-news.jsonl").read_text(encoding="utf-8").splitlines()
    by_language = {}
    for document in map(json.loads, lines):
        found = [line for line in document["text"].split("\n") if len(line) > 60]
        by_language.setdefault(document["lang"], []).extend(found)
    chosen = random.Random(7)
    return [(code, line) for code in sorted(by_language) for line in chosen.sample(by_language[code], 70)]


def test_identify_on_real_sentences():
    drawn = sentences()

    right = sum(identify(line).code.split("-")[0] == code for code, line in drawn)
    right_at_once = sum(identify(line[:25]).code.split("-")[0] == code for code, line in drawn)

    assert right / len(drawn) >= 0.99
    assert right_at_once / len(drawn) >= 0.91


def test_confidence_means_what_it_says_on_real_openings():
    found = [(identify(line[:25]), code) for code, line in sentences()]

    sure = [language.code.split("-")[0] == code for language, code in found if language.confidence >= 0.9]
    unsure = [language.code.split("-")[0] == code for language, code in found if language.confidence < 0.5]

    assert len(sure) > len(found) / 3
    assert sum(sure) / len(sure) >= 0.99
    assert sum(unsure) / len(unsure) < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "ตัวอย่าง: 'flatpages/contact_page.html' ถ้าไม่ได้ถูกใช้ ระบบจะใช้ 'flatpages/default.html'",
        "เขียนถึงเรา: someone@newspaper.example.com",
    ],
)
def test_identify_does_not_read_addresses_and_paths(text):
    assert identify(text).code == "th"


def test_identify_all_says_of_each_text_what_identify_says():
    texts = ["Chính phủ", "", "Der Präsident empfing die Delegation"]
    assert identify_all(texts) == [identify(text) for text in texts]


def test_identify_tells_assamese_by_its_own_letters():
    assert identify("অসমৰ মুখ্যমন্ত্ৰীয়ে কৈছে").code == "as"
