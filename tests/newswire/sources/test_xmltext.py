import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from nhipcau.newswire.sources.xmltext import clean_xml, outside_cdata

STRICT = etree.XMLParser(resolve_entities=False, no_network=True)


def cleaned_text(raw, **options):
    return etree.fromstring(clean_xml(raw, **options).data, STRICT).xpath("string()")


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("Cầu Thê Húc", "utf-8", "utf-8"),
        ("Cầu Thê Húc", "utf-8-sig", "utf-8"),
        ("Cầu Thê Húc", "utf-16", "utf-16"),
        ("Cầu Thê Húc", "utf-16-le", "utf-16"),
        ("Cầu Thê Húc", "utf-16-be", "utf-16"),
        ("Cầu Thê Húc", "utf-8", "utf-16"),  # .NET writes the encoding of its strings, not of the file
        ("Мост", "windows-1251", "windows-1251"),
        ("Мост", "koi8-r", "KOI8-R"),
        ("橋", "gb18030", "gb2312"),
        ("橋", "big5", "Big5"),
        ("橋", "shift_jis", "Shift_JIS"),
        ("다리", "euc-kr", "euc-kr"),
        ("“Pont” – déjà", "cp1252", "iso-8859-1"),
        ("สะพาน", "cp874", "TIS-620"),
    ],
)
def test_text_is_read_in_the_encoding_it_is_in(text, encoding, declared):
    cleaned = clean_xml(f'<?xml version="1.0" encoding="{declared}"?><rss>{text}</rss>'.encode(encoding))
    assert etree.fromstring(cleaned.data, STRICT).text == text
    assert cleaned.problem is None


def test_encoding_of_the_header_counts_where_the_document_says_nothing():
    assert cleaned_text("<rss>Мост</rss>".encode("windows-1251"), charset="windows-1251") == "Мост"


def test_wrong_declaration_is_named_and_the_text_kept():
    wrong = clean_xml('<?xml version="1.0" encoding="utf-8"?><rss>déjà vu à côté</rss>'.encode("cp1252"))
    assert etree.fromstring(wrong.data, STRICT).text == "déjà vu à côté"
    assert wrong.problem == "It says it is written in utf-8 but is not; it was read as windows-1252."


def test_one_bad_byte_does_not_turn_the_text_into_another_encoding():
    raw = "<rss>Cầu Thê Húc và tháp Rùa</rss>".encode().replace(b"Th", b"\xffTh", 1)
    cleaned = clean_xml(raw)
    assert "Thê Húc và tháp Rùa" in cleaned.data.decode()
    assert cleaned.problem == "Some of its characters are not valid utf-8."


@pytest.mark.parametrize(
    "codec", ["zip", "rot13", "hex", "unicode_escape", "utf-7", "idna", "undefined", "no such thing"]
)
def test_only_text_encodings_are_looked_up(codec):
    assert cleaned_text(f'<?xml version="1.0" encoding="{codec}"?><rss>a</rss>'.encode()) == "a"


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE rss [
<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY secret SYSTEM "file:///etc/passwd">]><rss t="&c;">&c; &secret;</rss>"""


def test_no_entity_is_expanded_and_no_file_read():
    data = clean_xml(LAUGHS).data
    assert b"ENTITY" not in data
    assert b"DOCTYPE" not in data
    root = etree.fromstring(data, STRICT)
    assert root.text == "&c; &secret;"
    assert root.get("t") == "&c;"


def test_entities_in_another_encoding_are_gone_as_well():
    raw = LAUGHS.decode().replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")
    assert b"ENTITY" not in clean_xml(raw).data


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"<rss>Q&A &amp; &nbsp;&eacute; AT&T; &#233; &#0;</rss>", "Q&A & \xa0é AT&T; é \ufffd"),
        (b"<rss><![CDATA[Q&A &nbsp;]]></rss>", "Q&A &nbsp;"),
        (b"<rss>a\x00b\x08c</rss>", "abc"),
        (b"\n\n<!-- a --><?xml version='1.0'?><rss>x</rss>", "x"),
        (b"Warning: <b>bad</b> line\n<?xml version='1.0'?><rss>x</rss>", "x"),
        (b"<?xml?xml version='1.0' ??><rss>x</rss>", "x"),
    ],
)
def test_common_slips_are_mended(raw, expected):
    cleaned = clean_xml(raw)
    assert etree.fromstring(cleaned.data, STRICT).xpath("string()") == expected
    assert cleaned.problem is None


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"<rss>\n<item>", "It ends before it is complete (line 2)."),
        (b"<rss>\n<![CDATA[ab", "It ends before it is complete (line 2)."),
        (b"<!-- a\n -->\n<rss>\n<a></b>\n</rss>", "It is not well-formed XML: mismatched tag (line 4)."),
    ],
)
def test_what_is_not_well_formed_is_named_with_its_line(raw, problem):
    assert clean_xml(raw).problem == problem


@pytest.mark.parametrize(
    ("raw", "root"),
    [
        (b"<rdf:RDF xmlns:rdf='x'/>", "rdf"),
        (b"<a:feed xmlns:a='x'/>", "feed"),
        (b"<!DOCTYPE html><html><body><feed></body></html>", "html"),
        (b"just words", ""),
        (b"", ""),
        (b"<!-- never closed <rss>", ""),
        (b"1 < 2 <3", ""),
    ],
)
def test_root_is_found(raw, root):
    assert clean_xml(raw).root == root


@given(st.binary(max_size=400))
def test_any_bytes_are_cleaned(raw):
    cleaned = clean_xml(raw)
    cleaned.data.decode()


@given(st.text(alphabet="<>!-[]&;ACDT ?xmlrs/\"'=", max_size=200))
def test_spans_outside_cdata_are_in_order_and_inside_the_text(text):
    edges = [edge for span in outside_cdata(text) for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


@pytest.mark.parametrize(
    "piece",
    ["<![CDATA[", "<!--", "<!a>", "<!a[>", "<?x", "&", "&a", "<", "<a", "<1", "]]>", "<![CDATA[a]]>", "<!-- a -->"],
)
def test_hostile_repetition_takes_no_long_time(piece):
    began = time.monotonic()
    clean_xml((piece * (500_000 // len(piece))).encode())
    clean_xml(b"<rss>" + (piece * (500_000 // len(piece))).encode())
    assert time.monotonic() - began < 3
