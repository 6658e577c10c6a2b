import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.newswire.places import mentions_of, places_of
from nhipcau.newswire.records import Article, Outlet
from nhipcau.newswire.relevance import LEAD


def article(text, language="en", title=""):
    outlet = Outlet(host="example.org", name="Example")
    return Article(id="0", url="", canonical_url="", outlet=outlet, title=title, text=text, language=language)


def named(text, language="en", title=""):
    return sorted(f"{place.country}/{place.name}" for place in places_of(article(text, language, title)))


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("en", "German and Brazilian firms met in Chengdu, China.", ["BR/BR", "CN/CN", "CN/Chengdu", "DE/DE"]),
        ("en", "The fire near Rancho Mirage, Calif., is out.", ["US/California", "US/Rancho Mirage"]),
        ("de", "Französische Firmen und die Wolfsburger in Deutschland", ["DE/DE", "DE/Wolfsburg", "FR/FR"]),
        ("fr", "La police belge à Liège et à Anvers", ["BE/Antwerp", "BE/BE", "BE/Liege"]),
        ("ru", "Россияне вернулись из Еревана в Ростов-на-Дону", ["AM/Yerevan", "RU/RU", "RU/Rostov-on-Don"]),
        ("cs", "České firmy v Káhiře a v Liverpoolu v Británii", ["CZ/CZ", "EG/Cairo", "GB/GB", "GB/Liverpool"]),
        ("pl", "w Niemczech i w Warszawie", ["DE/DE", "PL/Warsaw"]),
        ("zh", "美国要求中国关闭成都和休斯敦的领事馆", ["CN/CN", "CN/Chengdu", "US/Houston", "US/US"]),
        ("ja", "日本の神戸市とスペイン", ["ES/ES", "JP/JP", "JP/Kobe"]),
        ("ko", "이 후보는 서울에서 여수로 갔다. 한국", ["KR/KR", "KR/Seoul", "KR/Yeosu"]),
        ("vi", "Bộ Ngoại giao Mỹ và phía Nga gặp nhau ở Hà Nội, không phải ở Bắc Kinh",
         ["CN/Beijing", "RU/RU", "US/US", "VN/Ha Noi"]),
        ("ar", "التقى الوزير في القاهرة والرياض", ["EG/Cairo", "SA/Riyadh"]),
    ],
)  # fmt: skip
def test_places_are_named_with_their_country_in_every_script(language, text, places):
    assert named(text, language) == places


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Paris Hilton and Michael Jordan like reading, turkey and mobile phones."),
        ("en", "The White House and the Washington Post."),
        ("en", "Jack London wrote of a white fang. Nice reading, bath and all."),
        ("de", "Das Essen in Hallen, Regen und Singen"),
        ("de", "Daneben sind zwei Kilo vom Sieger."),
        ("es", "Mauricio y Guadalupe rezan y cantan."),
        ("ja", "タイトルとマリンバ、新型コロナウイルス"),
        ("cs", "Samozřejmě, řekl."),
        ("ru", "Самолет взлетел. Кубок выиграл Доминик."),
        ("vi", "Anh ấy học Pháp luật và Mỹ thuật với cô Nga."),
    ],
)
def test_words_people_and_institutions_that_are_written_so_are_no_places(language, text):
    assert named(text, language) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Georgia and its capital Tbilisi", ["GE/GE", "GE/Tbilisi"]),
        ("Ministers of Greece, Turkey and Cyprus met.", ["CY/CY", "GR/GR", "TR/TR"]),
        ("The king of Jordan met Jordanian officers in Amman.", ["JO/Amman", "JO/JO"]),
        ("British police in Birmingham, England", ["GB/Birmingham", "GB/England", "GB/GB"]),
        ("Alabama's governor was in Birmingham, Alabama.", ["US/Alabama", "US/Birmingham"]),
    ],
)
def test_a_name_of_two_places_is_told_by_what_else_is_named(text, places):
    assert named(text) == places


def test_a_small_town_needs_its_country_beside_it():
    assert named("He lives in Minden.") == []
    assert named("Die Stadt Minden in Deutschland", "de") == ["DE/DE", "DE/Minden"]


def test_a_place_says_its_first_words_where_they_stand_and_how_often():
    found = places_of(article("Filler words. " * 40 + "German firms, and Germany again.", title="Talks in Vienna"))

    assert [(one.country, one.name, one.kind, one.matched, one.where, one.count) for one in found] == [
        ("DE", "DE", "country", "German", "body", 2),
        ("AT", "Vienna", "region", "Vienna", "title", 1),
    ]
    assert len("Filler words. " * 40) > LEAD


@settings(deadline=None)  # the first text of a script waits for its names
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["Paris", "New York", "Calif.", "Москве", "東京", "タイ", "กรุงเทพ", "서울", " ", ", ", "\n", "\u0301"]
            ),
            st.text(max_size=4),
        ),
        max_size=12,
    ),
    st.sampled_from(["en", "de", "ru", "ja", "th", "ko", "ar", "vi", "und", "xx"]),
)
def test_mentions_are_spans_of_the_text_in_order(pieces, language):
    text = "".join(pieces)
    titled, mentions = mentions_of(article(text, language))

    assert titled == []
    assert all(0 <= one.start < one.end <= len(text) for one in mentions)
    assert [one.start for one in mentions] == sorted(one.start for one in mentions)
