import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from nhipcau.newswire import words


@pytest.fixture
def catalogues(tmp_path, monkeypatch):
    """A folder of catalogues with two Vietnamese texts in it."""
    catalog = Catalog(locale="vi")
    catalog.add("Numbers", "Số liệu")
    catalog.add(("story", "stories"), ("sự kiện",))
    file = tmp_path / "vi" / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_mo(out, catalog)
    monkeypatch.setattr(words, "LOCALE", tmp_path)
    words.catalogue.cache_clear()
    yield
    words.catalogue.cache_clear()


def test_texts_are_translated_and_missing_ones_stay_english(catalogues):
    translate = words.translator("vi")
    assert (translate("Numbers"), translate("Unheard of")) == ("Số liệu", "Unheard of")
    assert words.translator("en")("Numbers") == "Numbers"


def test_plurals_follow_the_language(catalogues):
    vietnamese, english = words.plural_translator("vi"), words.plural_translator("en")
    assert [vietnamese("story", "stories", n) for n in (1, 2)] == ["sự kiện", "sự kiện"]
    assert [english("story", "stories", n) for n in (1, 2)] == ["story", "stories"]


def test_unknown_language_is_refused():
    with pytest.raises(ValueError, match="no words in 'fr'"):
        words.translator("fr")
