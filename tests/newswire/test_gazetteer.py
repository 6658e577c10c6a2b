import csv
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.gazetteer import Words, country_name, language_name, matcher
from nhipcau.newswire.gazetteer import names as data
from nhipcau.newswire.gazetteer.local_names import place_name
from nhipcau.newswire.gazetteer.names import DATA, merged, parse_names, read
from nhipcau.newswire.gazetteer.topics import TOPICS, cues

MAIN_LANGUAGES = ("vi", "en", "fr", "es", "de", "ru", "zh", "ja", "ko", "pt", "it", "ar", "th", "id")
ROOT = Path(__file__).resolve().parents[2]


def found(text, language="en", focus="VN"):
    """The names found in a text: the entry's name, the words as they stand there, and whether they are ambiguous."""
    hits = matcher(focus, language).find(Words(text), language)
    return [(hit.entry.name, text[hit.start : hit.end], hit.ambiguous) for hit in hits]


def matched(text, language="en", focus="VN"):
    return [words for _, words, _ in found(text, language, focus)]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("vi", "Việt Nam và thành phố Huế", ["Việt Nam", "Huế"]),
        ("en", "Vietnam’s exports; VIETNAMESE ports; Viet Nam", ["Vietnam", "VIETNAMESE", "Viet Nam"]),
        ("fr", "Les entreprises vietnamiennes au Viêt Nam et à Hanoï", ["vietnamiennes", "Viêt Nam", "Hanoï"]),
        ("es", "El gobierno vietnamita en Hanói", ["vietnamita", "Hanói"]),
        ("pt", "O Vietnã e o Vietname", ["Vietnã", "Vietname"]),
        ("de", "Vietnams Außenhandel in Ho-Chi-Minh-Stadt", ["Vietnams", "Ho-Chi-Minh-Stadt"]),
        ("pl", "w Wietnamie, wietnamskiego", ["Wietnamie", "wietnamskiego"]),
        ("hr", "u Vijetnamu", ["Vijetnamu"]),
        ("lt", "Vietname ir Vietnamo", ["Vietname", "Vietnamo"]),
        ("hu", "Vietnámban", ["Vietnámban"]),
        ("ru", "во Вьетнаме, вьетнамский, в Ханое", ["Вьетнаме", "вьетнамский", "Ханое"]),
        ("uk", "у В’єтнамі та Вʼєтнам", ["В’єтнамі", "Вʼєтнам"]),
        ("el", "στο Βιετνάμ, ΒΙΕΤΝΑΜ, βιετναμέζικη", ["Βιετνάμ", "ΒΙΕΤΝΑΜ", "βιετναμέζικη"]),
        ("he", "בווייטנאם ובהאנוי", ["בווייטנאם", "ובהאנוי"]),
        ("zh-Hans", "越南首都河内和下龙湾", ["越南", "河内", "下龙湾"]),
        ("zh-Hant", "越南胡志明市、峴港", ["越南", "胡志明市", "峴港"]),
        ("ja", "ベトナムの首都ハノイで", ["ベトナム", "ハノイ"]),
        ("ko", "베트남은 하노이에서", ["베트남은", "하노이에서"]),
        ("th", "ที่กรุงฮานอยประเทศเวียดนาม", ["ฮานอย", "เวียดนาม"]),
        ("lo", "ນະຄອນຫຼວງຮ່າໂນ້ຍ ຫວຽດນາມ", ["ຮ່າໂນ້ຍ", "ຫວຽດນາມ"]),
        ("km", "ប្រទេសវៀតណាម ទីក្រុងហាណូយ", ["វៀតណាម", "ហាណូយ"]),
        ("my", "ဗီယက်နမ်နိုင်ငံ ဟနွိုင်း", ["ဗီယက်နမ်နိုင်ငံ", "ဟနွိုင်း"]),
        ("ar", "في فيتنام والفيتنامية بهانوي", ["فيتنام", "والفيتنامية", "بهانوي"]),
        ("fa", "در ویتنام", ["ویتنام"]),
        ("hi", "वियतनाम के हनोई में", ["वियतनाम", "हनोई"]),
        ("bn", "ভিয়েতনামের হ্যানয়ে", ["ভিয়েতনামের", "হ্যানয়ে"]),
        ("en", "the Paracels and Spratlys", ["Paracels", "Spratlys"]),
        ("ru", "Парасельские острова и Спратли", ["Парасельские", "Спратли"]),
        ("zh-Hans", "黄沙群岛和长沙群岛", ["黄沙群岛", "长沙群岛"]),
    ],
)
def test_names_of_viet_nam_are_found_in_every_script_as_they_stand(language, text, words):
    assert matched(text, language) == words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a hue and cry, and how long an hour"),
        ("es", "son la mejor noticia"),
        ("vi", "hòa bình và hoa huệ trên Thái Bình Dương"),
        ("vi", "giải Nobel Hòa Bình"),
        ("vi", "quan tâm. Nam, bắc"),
        ("ja", "中越地震"),
        ("en", "the phone, the cant, the danang"),
        ("en", "VietNamNet"),
        ("ru", "после войны"),
    ],
)
def test_words_that_only_look_like_names_are_not_found(language, text):
    assert [hit for hit in found(text, language) if not hit[2]] == []


@pytest.mark.parametrize(
    ("text", "language", "ambiguous"),
    [("Huế", "vi", False), ("Hue", "fr", True), ("Vinh", "vi", True), ("TP Vinh", "vi", False), ("河内", "ja", True)],
)
def test_a_name_that_could_mean_something_else_is_marked(text, language, ambiguous):
    assert [hit[2] for hit in found(text, language)] == [ambiguous]


def test_the_longest_name_wins_and_names_do_not_overlap():
    assert found("Ho Chi Minh City") == [("Ho Chi Minh City", "Ho Chi Minh City", False)]
    assert found("Vietnam War veterans in Vietnam") == [
        ("Viet Nam War", "Vietnam War", False),
        ("Viet Nam", "Vietnam", False),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Viet\u00adnam", ["Viet\u00adnam"]),
        ("Viet\u00a0Nam", ["Viet\u00a0Nam"]),
        ("Ha\u0300 Nô\u0323i", ["Ha\u0300 Nô\u0323i"]),
        ("ﬁne Vietnam ﬁsh in Hanoi", ["Vietnam", "Hanoi"]),
        ("TP. Hồ Chí Minh", ["TP. Hồ Chí Minh"]),
        ("Thanh Hoá, Hoà Lạc", ["Thanh Hoá"]),
        ("Viet. Nam", []),
        ("Việt\nNam", []),
    ],
)
def test_names_keep_their_place_whatever_stands_between_the_letters(text, words):
    assert matched(text, "vi") == words


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["Việt Nam", "越南", "Hà Nội", "베트남", "เวียดนาม", "В’єтнам", "ﬁ", "\u00ad", "\u0301", ". ", " "]
            ),
            st.text(max_size=4),
        ),
        max_size=12,
    )
)
def test_hits_are_spans_of_the_text_in_order(pieces):
    text = "".join(pieces)
    hits = matcher("VN", "vi").find(Words(text), "vi")

    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(before.end <= after.start for before, after in pairwise(hits))


@pytest.mark.parametrize(
    ("focus", "language", "text", "words"),
    [
        ("DE", "de", "Deutschlands Wirtschaft, deutsche Exporte", ["Deutschlands", "deutsche"]),
        ("DE", "en", "Germany, germane to German plans in Berlin", ["Germany", "German", "Berlin"]),
        ("DE", "ru", "в Германии, немецкий, в Берлине", ["Германии", "немецкий", "Берлине"]),
        ("DE", "pl", "w Niemczech, niemieckiego", ["Niemczech", "niemieckiego"]),
        ("DE", "cs", "v Německu, německý", ["Německu", "německý"]),
        ("DE", "fi", "Saksassa", ["Saksassa"]),
        ("DE", "hu", "Németországban, német", ["Németországban", "német"]),
        ("DE", "tr", "Almanya'da, Alman", ["Almanya", "Alman"]),
        ("DE", "ar", "في ألمانيا، الألمانية", ["ألمانيا", "الألمانية"]),
        ("DE", "ja", "ドイツのベルリン", ["ドイツ", "ベルリン"]),
        ("DE", "ko", "독일의", ["독일의"]),
        ("JP", "es", "Japón y la economía japonesa", ["Japón", "japonesa"]),
        ("JP", "zh-Hant", "日本東京", ["日本", "東京"]),
        ("CZ", "cs", "Česko, českého, v Praze", ["Česko", "českého", "Praze"]),
        ("FR", "sw", "Ufaransa", ["Ufaransa"]),
        ("NE", "en", "Nigeria and Niger", ["Niger"]),
        ("IN", "ru", "в Индии и Индонезии", ["Индии"]),
        ("GB", "en", "Britain and the UK", ["Britain", "UK"]),
        ("ML", "en", "Mali, Malian, Malibu", ["Mali", "Malian"]),
        ("de", "de", "Deutschland", ["Deutschland"]),
        ("FR", "xx", "France", ["France"]),
        ("ZZ", "en", "France", []),
    ],
)
def test_names_of_any_country_come_from_cldr_in_the_language_of_the_text(focus, language, text, words):
    assert [hit[1] for hit in found(text, language, focus) if not hit[2]] == words


def test_us_is_no_pronoun():
    assert found("tell us about us and then use us", "en", "US") == []
    assert found("TELL US", "en", "US") == [("United States", "US", True)]
    assert found("the U.S. and the United States", "en", "US") == [
        ("United States", "U.S", False),
        ("United States", "United States", False),
    ]


def test_looking_up_a_country_leaves_no_locale_in_memory():
    code = (
        "from babel import localedata\n"
        "from nhipcau.newswire.gazetteer import matcher\n"
        "matcher('DE', 'fi'); matcher('DE', 'et')\n"
        "print(sorted(localedata._cache))"
    )
    kept = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "'fi'" not in kept
    assert "'et'" not in kept


@pytest.mark.parametrize("seed", ["1", "2"])
def test_hits_do_not_depend_on_the_hash_seed(seed):
    text = "Vietnam, Hanoi, Hue, Da Nang; Deutschland, Berlin, München, SPD"
    code = (
        "from nhipcau.newswire.gazetteer import Words, matcher\n"
        f"text = {text!r}\n"
        "for focus, language in (('VN', 'en'), ('DE', 'de')):\n"
        "    for hit in matcher(focus, language).find(Words(text), language):\n"
        "        print(hit.entry.name, hit.start)"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
    ).stdout

    expected = [
        f"{hit.entry.name} {hit.start}"
        for focus, language in (("VN", "en"), ("DE", "de"))
        for hit in matcher(focus, language).find(Words(text), language)
    ]
    assert output.splitlines() == expected


def test_every_data_file_keeps_to_its_format():
    tables = [f"{folder}/{file.name}" for folder in ("vn", "others") for file in (DATA / folder).iterdir()]

    for table in tables:
        entries = merged(read(table))
        assert entries, table
        assert all(0 <= entry.weight <= 1 for entry in entries), table
        for names in entries.values():
            for name in names:
                assert name.written.strip("* "), table
                assert name.language != "mul", f"{table}: {name.written} is for one language but says not which"


def test_every_list_of_cues_can_be_read_and_the_main_languages_have_every_topic():
    columns, *concepts = [line.split("\t") for line in (DATA / "topics/concepts.tsv").read_text("utf-8").splitlines()]
    lists = {file.name.removesuffix(".tsv") for file in (DATA / "topics").iterdir()} - {"concepts"}

    assert set(MAIN_LANGUAGES) <= lists.union(columns)
    assert lists.isdisjoint(columns)
    for language in (*lists, *columns[3:]):
        assert cues(language) is not None
    assert list(dict.fromkeys(cells[0] for cells in concepts)) == list(TOPICS)
    for language in lists.intersection(MAIN_LANGUAGES):
        lines = (DATA / "topics" / f"{language}.tsv").read_text(encoding="utf-8").splitlines()[1:]
        assert [line.split("\t")[0] for line in lines] == list(TOPICS), language


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("a\tb\n", "line 1: the columns are"),
        ("entry\tkind\tenglish\tweight\tlanguage\tnames\nx\tplace\tX\t1\n", "line 2: six columns"),
        ("entry\tkind\tenglish\tweight\tlanguage\tnames\nx\tperson\tX\t1\ten\tX\n", "line 2: no kind 'person'"),
        ("entry\tkind\tenglish\tweight\tlanguage\tnames\n\t\t\t\ten\tX\n", "line 2: names before the first entry"),
    ],
)
def test_a_data_file_that_breaks_its_format_is_named_with_the_line(tmp_path, monkeypatch, table, complaint):
    (tmp_path / "broken.tsv").write_text(table, encoding="utf-8")
    monkeypatch.setattr(data, "DATA", tmp_path)

    with pytest.raises(ValueError, match=f"broken.tsv, {complaint}"):
        list(read("broken.tsv"))


def test_marks_before_a_name_are_read():
    plain, ambiguous, exact, local = parse_names("Huế | ?Hue | =Huế | @?河内", "zh")

    assert (plain.ambiguous, plain.exact, plain.language) == (False, False, None)
    assert ambiguous.ambiguous
    assert exact.exact
    assert (local.written, local.ambiguous, local.language) == ("河内", True, "zh")


def test_every_province_now_and_before_is_in_the_gazetteer():
    """The names stand once, in the table of the network; the gazetteer's file is what the tool makes of it."""
    tool = ROOT / "tools" / "gazetteer.py"
    namespace = {"__file__": str(tool), "__name__": "gazetteer"}
    exec(compile(tool.read_text(encoding="utf-8"), str(tool), "exec"), namespace)
    with namespace["TABLE"].open(encoding="utf-8", newline="") as source:
        names = {row["name_vi"] for row in csv.DictReader(source)}

    assert namespace["provinces"]() == namespace["OUT"].read_text(encoding="utf-8")
    assert len(names) == 64
    assert [name for name in sorted(names) if not found(name, "vi")] == []


@pytest.mark.parametrize(
    ("code", "lang", "name"),
    [
        ("VN", "vi", "Việt Nam"),
        ("VN", "en", "Viet Nam"),
        ("vn", "en", "Viet Nam"),
        ("DE", "vi", "Đức"),
        ("DE", "en", "Germany"),
        ("JP", "ja", "日本"),
        ("FR", "qq", "France"),
        ("QQ", "vi", "QQ"),
    ],
)
def test_country_name_falls_back_to_english_and_the_code(code, lang, name):
    assert country_name(code, lang) == name


@pytest.mark.parametrize(
    ("code", "lang", "name"),
    [
        ("vi", "vi", "Tiếng Việt"),
        ("en", "vi", "Tiếng Anh"),
        ("de", "en", "German"),
        ("zh-Hans", "en", "Simplified Chinese"),
        ("zh-Hant", "en", "Traditional Chinese"),
        ("pt-AO", "en", "Portuguese"),
        ("qqq", "vi", "qqq"),
    ],
)
def test_language_name_falls_back_to_the_parent_and_the_code(code, lang, name):
    assert language_name(code, lang) == name


@pytest.mark.parametrize(
    ("country", "name", "vietnamese", "english"),
    [
        ("DE", "DE", "Đức", "Germany"),
        ("DE", "Munich", "Munich, Đức", "Munich, Germany"),
        ("RU", "Moscow", "Mát-xcơ-va, Nga", "Moscow, Russia"),
        ("VN", "Da Nang", "Đà Nẵng, Việt Nam", "Da Nang, Viet Nam"),
    ],
)
def test_place_name_speaks_the_readers_language(country, name, vietnamese, english):
    assert place_name(country, name, "vi") == vietnamese
    assert place_name(country, name, "en") == english
