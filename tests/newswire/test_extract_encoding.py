import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.extract.encoding import as_utf8, decode

GERMAN = "<html><body>Müßiggang in Düsseldorf, für größere Übungen</body></html>"


def page(charset, words):
    return f'<html><head><meta charset="{charset}"></head><body>{words}</body></html>'


@pytest.mark.parametrize(
    ("charset", "encoding", "words"),
    [
        ("utf-8", "utf-8", "Hà Nội đón khách"),
        ("windows-1251", "cp1251", "Президент прибыл в Ханой"),
        ("koi8-r", "koi8-r", "Президент прибыл в Ханой"),
        ("iso-8859-2", "iso8859-2", "Příliš žluťoučký kůň"),
        ("gb2312", "gb18030", "中国外交部发言人朱镕基"),
        ("big5", "big5hkscs", "台灣總統府發言人"),
        ("shift_jis", "cp932", "大統領①はハノイで"),
        ("euc-jp", "euc_jp", "大統領はハノイで"),
        ("iso-2022-jp", "iso2022_jp", "大統領はハノイで"),
        ("euc-kr", "cp949", "대통령은 하노이에서"),
        ("tis-620", "cp874", "ประธานาธิบดี"),
        ("windows-1258", "cp1258", "Viet Nam"),
    ],
)
def test_decode_believes_what_the_page_declares(charset, encoding, words):
    assert decode(page(charset, words).encode(encoding)) == page(charset, words)


def test_decode_believes_the_server_before_the_page():
    body = page("utf-8", "Президент прибыл").encode("cp1251")

    assert "Президент прибыл" in decode(body, content_type="text/html; charset=windows-1251")


def test_decode_prefers_valid_utf8_to_a_wrong_declaration():
    body = page("iso-8859-1", "Hà Nội đón khách").encode()

    assert "Hà Nội đón khách" in decode(body, content_type='text/html; charset="ISO-8859-1"')


def test_decode_reads_latin_1_as_browsers_do():
    assert "\u201cquote\u201d" in decode(page("iso-8859-1", "x").encode() + b"\x93quote\x94")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_decode_obeys_the_byte_order_mark(encoding):
    assert decode(GERMAN.encode(encoding), content_type="text/html; charset=koi8-r") == GERMAN


def test_decode_reads_utf16_without_a_mark_where_it_is_declared():
    assert decode(GERMAN.encode("utf-16-le"), content_type="text/html; charset=utf-16le") == GERMAN


def test_decode_forgives_a_bad_byte_in_a_declared_encoding():
    words = "Việt Nam và Lào ký kết thỏa thuận hợp tác về điện gió ở miền Trung " * 3
    body = page("utf-8", words).encode() + b"\xff"

    assert words in decode(body)


def test_decode_guesses_where_nothing_is_declared():
    words = "Президент прибыл с официальным визитом в Ханой и провёл переговоры с руководством страны. " * 20

    assert words in decode(f"<html><body>{words}</body></html>".encode("cp1251"))


@pytest.mark.parametrize(
    "charset", ["idna", "undefined", "unicode_escape", "utf-7", "hex", "rot13", "no-such", "\\", ""]
)
def test_decode_ignores_declarations_no_page_is_written_in(charset):
    body = page(charset, "plain \\u0041 words +ADw-").encode()

    assert decode(body, content_type=f"text/html; charset={charset}") == page(charset, "plain \\u0041 words +ADw-")


TCVN3 = "Thñ t\u00adíng ChÝnh phñ ViÖt Nam vµ c¸c nhµ l·nh ®¹o ®· tham dù Héi nghÞ cÊp cao t¹i Hµ Néi"
VNI = "Thuû töôùng Chính phuû Vieät Nam vaø caùc nhaø laõnh ñaïo ñaõ tham döï Hoäi nghò caáp cao taïi Haø Noäi"
UNICODE = "Thủ tướng Chính phủ Việt Nam và các nhà lãnh đạo đã tham dự Hội nghị cấp cao tại Hà Nội"


@pytest.mark.parametrize("typed", [TCVN3, VNI], ids=["tcvn3", "vni"])
@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", None])
def test_decode_turns_vietnamese_typed_for_old_fonts_into_unicode(typed, declared):
    head = f'<meta charset="{declared}">' if declared else ""
    shown = '<html><head>{}<title>{}</title></head><body><p>{}</p><script>"e"</script></body></html>'

    found = decode(shown.format(head, typed, typed).encode("cp1252"))

    assert found == shown.format(head, UNICODE, UNICODE)


@pytest.mark.parametrize(
    "words", ["Élu à Genève, le maire a cédé sa place où il était né", GERMAN, "Þetta er íslenska"]
)
def test_decode_leaves_other_western_languages_alone(words):
    body = page("windows-1252", words).encode("cp1252")

    assert decode(body) == page("windows-1252", words)


def test_decode_finds_no_text_in_bytes_that_are_none():
    assert decode(os.urandom(5000)) is None
    assert decode(bytes(5000)) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_page_is_given_in_utf8(encoding):
    assert as_utf8(GERMAN.encode(encoding)) == GERMAN.encode()


@given(st.binary(max_size=400), st.text(max_size=40))
def test_decode_never_raises(body, charset):
    found = decode(body, content_type=f"text/html; charset={charset}")

    assert found is None or isinstance(found, str)


@given(st.binary(max_size=400), st.text(max_size=40))
def test_a_page_in_utf8_is_the_page_decoded(body, charset):
    content_type = f"text/html; charset={charset}"
    text = decode(body, content_type=content_type)

    assert as_utf8(body, content_type=content_type) == (None if text is None else text.encode("utf-8", "replace"))
