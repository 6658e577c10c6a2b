import pytest

from nhipcau.newswire.explaining import spans_of
from nhipcau.newswire.gazetteer.institutions import institution_name
from nhipcau.newswire.institutions import institutions_of
from nhipcau.newswire.records import LEAD, Article, Institution, Outlet


def article(text, language="en", title=""):
    outlet = Outlet(host="example.org", name="Example")
    return Article(id="0", url="", canonical_url="", outlet=outlet, title=title, text=text, language=language)


def named(text, language="en", title=""):
    return sorted(one.code for one in institutions_of(article(text, language, title)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The UN and the World Bank praised ASEAN."),
        ("de", "Die Vereinten Nationen und die Weltbank lobten die ASEAN."),
        ("fr", "L'ONU et la Banque mondiale saluent l'ASEAN."),
        ("ru", "В ООН и Всемирном банке похвалили АСЕАН."),
        ("ja", "国連と世界銀行は東南アジア諸国連合を称賛した。"),
        ("zh", "联合国和世界银行赞扬东盟。"),
        ("ko", "유엔과 세계은행은 아세안을 높이 평가했다."),
        ("vi", "Liên Hợp Quốc và Ngân hàng Thế giới đánh giá cao ASEAN."),
        ("cs", "OSN a Světová banka chválí ASEAN."),
        ("is", "Sameinuðu þjóðirnar og Alþjóðabankinn hrósa ASEAN."),
        ("ha", "Majalisar Dinkin Duniya da Bankin Duniya sun yaba wa ASEAN."),
        ("ar", "أشادت الأمم المتحدة والبنك الدولي برابطة دول جنوب شرق آسيا"),
        ("th", "สหประชาชาติและธนาคารโลกชื่นชมอาเซียน"),
    ],
)
def test_a_text_and_its_translations_name_the_same_institutions(language, text):
    assert named(text, language) == ["asean", "un", "world-bank"]


def test_a_body_of_an_institution_is_named_by_its_own_name_alone():
    assert named("The UN Security Council met.") == ["un-security-council"]
    assert named("Die EU-Kommission tagt.", "de") == ["european-commission"]


def test_a_language_without_names_of_its_own_has_those_of_cldr():
    assert named("Europeiska unionen möttes.", "sv") == ["eu"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The man who came to dinner, and un peu of everything."),
        ("en", "WHO WON THE MATCH AND WHO DID NOT"),
        ("en", "The ICC named the cricket team of the year, and the ECB agreed."),
        ("fr", "Un homme va au marché."),
        ("en", "The draw of the UEFA Champions League"),
        ("is", "Gripið var til öryggisráðstafana."),
    ],
)
def test_words_and_others_that_look_like_an_institution_are_none(language, text):
    assert named(text, language) == []


def test_an_abbreviation_that_may_be_anothers_counts_beside_the_full_name():
    assert institutions_of(
        article("The ICC ruled. The International Criminal Court sits in The Hague. The ICC won.")
    ) == (Institution(code="icc", name="International Criminal Court", matched="ICC", where="lead", count=3),)


def test_institutions_come_in_order_of_mentions_with_the_words_and_their_place():
    text = "." * LEAD + " The World Trade Organization, or WTO."

    assert institutions_of(article(text, title="Off to NATO, and the WTO")) == (
        Institution(code="wto", name="World Trade Organization", matched="WTO", where="title", count=3),
        Institution(code="nato", name="NATO", matched="NATO", where="title", count=1),
    )


def test_every_mention_is_explained_by_a_span_of_the_text():
    one = article("The EU met. The European Union spoke.", title="The EU meets")

    spans = [span for span in spans_of(one, focus="VN") if span.kind == "institution"]

    assert [(span.tag, span.where, span.matched) for span in spans] == [
        ("eu", "title", "EU"), ("eu", "lead", "EU"), ("eu", "lead", "European Union")
    ]  # fmt: skip
    assert all(
        (one.title if span.where == "title" else one.text)[span.start : span.end] == span.matched for span in spans
    )


def test_an_institution_has_a_name_in_the_readers_language():
    assert institution_name("who", "vi") == "Tổ chức Y tế Thế giới"
    assert institution_name("g7", "vi") == "G7"
    assert institution_name("world-bank", "de") == "Weltbank"
    assert institution_name("gone", "vi") == "gone"
