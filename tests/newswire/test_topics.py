import tarfile
from collections import Counter

import pytest

from nhipcau.newswire.gazetteer import TOPICS
from nhipcau.newswire.gazetteer.names import DATA
from nhipcau.newswire.records import Article, Outlet
from nhipcau.newswire.relevance import topics
from tests.support.shared import shared_data

CONCEPTS = DATA / "topics" / "concepts.tsv"


def article(title, text, language):
    outlet = Outlet(host="example.org", name="Example")
    return Article(id="0", url="", canonical_url="", outlet=outlet, title=title, text=text, language=language)


@pytest.mark.parametrize(
    ("language", "title", "text", "topic"),
    [
        (
            "vi",
            "Kim ngạch xuất khẩu gạo tăng",
            "Doanh nghiệp xuất khẩu cho biết kim ngạch và lợi nhuận đều tăng.",
            "economy",
        ),
        (
            "vi",
            "Học sinh tựu trường",
            "Giáo viên và phụ huynh các trường tiểu học đón học sinh vào năm học.",
            "education",
        ),
        ("en", "Hospitals brace for dengue", "Doctors say patients with the virus fill every hospital.", "health"),
        ("en", "Ministers meet at summit", "The foreign minister and the ambassador held bilateral talks.", "politics"),
        ("fr", "Le tourisme repart", "Les touristes remplissent les hôtels et les plages.", "tourism"),
        ("es", "Inundaciones tras el tifón", "Los equipos de rescate evacuaron a los damnificados.", "disasters"),
        ("de", "Neue Windkraftanlagen", "Der Strom aus erneuerbaren Energien ersetzt die Kohle.", "energy"),
        ("ru", "Сборная выиграла матч", "Тренер футбольной команды похвалил игроков после турнира.", "sport"),
        ("zh-Hans", "高铁开通", "铁路和机场之间的地铁方便乘客。", "transport"),
        ("ja", "大学の入試", "学生と教員は学校で試験の準備をした。", "education"),
        ("ko", "반도체 연구", "연구진은 인공지능 기술과 로봇을 개발했다.", "science"),
        ("pt", "Desmatamento cai", "As emissões e a poluição ameaçam a biodiversidade da floresta.", "environment"),
        ("it", "Aperta la mostra al museo", "Il patrimonio e la musica degli artisti al festival.", "culture"),
        ("ar", "ارتفاع الاستثمار الأجنبي", "قال المستثمرون إن الاستثمارات في المنطقة الصناعية زادت.", "investment"),
        ("th", "ชาวนาเก็บเกี่ยวข้าว", "ชาวนาและเกษตรกรปลูกข้าวและกาแฟ", "agriculture"),
        ("cs", "Nemocnice jsou plné", "Lékaři léčí pacienty s nákazou a očkování pokračuje.", "health"),
        (
            "is",
            "Jarðskjálfti í nótt",
            "Björgunarsveitir leita, margir eru slasaðir eftir skjálftann.",
            "disasters",
        ),
        ("ha", "Zaɓen shugaban ƙasa", "Ƴan majalisa da jam'iyyun adawa sun ce gwamnati ta yi siyasa.", "politics"),
        ("ha", "Zaben gwamna", "Yan majalisa da jam'iyyar adawa sun kada kuri'a.", "politics"),
        ("id", "Kapal penjaga pantai di Laut China Selatan", "Zona ekonomi eksklusif dan hukum laut.", "sea"),
    ],
)
def test_topics_names_what_a_text_is_about(language, title, text, topic):
    assert topics(article(title, text, language))[:1] == (topic,)


def test_every_concept_has_words_in_every_language_and_no_word_stands_for_two():
    columns, *concepts = [line.split("\t") for line in CONCEPTS.read_text(encoding="utf-8").splitlines()]

    assert all(len(cells) == len(columns) for cells in concepts)
    for column, language in list(enumerate(columns))[3:]:
        words = [word for cells in concepts for word in cells[column].split("|")]
        assert all(words), language
        assert [word for word, count in Counter(words).items() if count > 1] == [], language


def test_topics_counts_a_concept_once_whichever_of_its_words_stand():
    words = "Museum, museums, galleries and an exhibition, and nothing else."

    assert topics(article("", words, "en")) == ()


def test_topics_says_nothing_where_nothing_is_certain():
    assert topics(article("A quiet day", "Nothing much happened here, and nobody minded at all.", "en")) == ()
    assert topics(article("", "", "vi")) == ()


def test_topics_says_nothing_in_a_language_without_a_list():
    assert topics(article("Football", "Football match, goal and league.", "xx")) == ()


@pytest.mark.parametrize("language", ["concepts", "../places/regions", "concepts-Latn"])
def test_topics_says_nothing_where_a_language_is_called_as_a_file_is(language):
    assert topics(article("Football", "Football match, goal and league.", language)) == ()


def test_topics_does_not_take_one_word_in_a_long_text_for_a_topic():
    text = "The old street was quiet, and the rain had stopped. " * 60 + "Someone spoke of a museum."

    assert topics(article("An evening", text, "en")) == ()


def test_topics_gives_three_at_most_and_only_codes():
    text = (
        "hospital patients doctors vaccine outbreak students schools teachers exam university football league goals "
        "coach medal flood typhoon rescue earthquake landslide tourists hotel resort visa-free tourism "
    ) * 2

    found = topics(article("", text, "en"))

    assert len(found) == 3
    assert set(found) <= set(TOPICS)


EXPECTED = {
    "business": {"economy", "investment", "agriculture", "energy", "transport", "tourism"},
    "education": {"education"},
    "entertainment": {"culture"},
    "health": {"health"},
    "science": {"science", "environment", "health"},
    "society": {"society", "disasters", "transport", "health", "politics", "education", "environment"},
    "sport": {"sport"},
    "tech": {"science"},
    "travel": {"tourism", "culture", "environment"},
    "world": {"politics", "security", "health", "society", "disasters", "sea", "economy", "rights"},
}


def test_topics_agree_with_the_sections_of_a_vietnamese_newspaper():
    right = named = seen = 0
    with tarfile.open(shared_data("vietnamese/unc-news.tar.gz")) as archive:
        for member in archive:
            if not member.isfile() or not member.name.endswith("5.txt"):
                continue
            section = member.name.rpartition("news_")[2].partition("_")[0]
            lines = archive.extractfile(member).read().decode().splitlines()
            title, *text = [line for line in lines if not line.startswith("#")]
            found = topics(article(title, "\n".join(text), "vi"))
            seen += 1
            named += bool(found)
            right += bool(found) and found[0] in EXPECTED[section]

    assert seen > 100
    assert named / seen >= 0.85
    assert right / named >= 0.8
