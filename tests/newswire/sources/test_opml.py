from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.records import Outlet
from nhipcau.newswire.sources import Subscription
from nhipcau.newswire.sources.opml import parse_opml

LIST = """<?xml version="1.0" encoding="utf-8"?><opml version="2.0"><head><title>Sources</title></head><body>
<outline text="Europe" country="DE" reach="0.5">
  <outline text="Der Kurier" type="rss" xmlUrl="https://kurier.example/rss" htmlUrl="https://www.kurier.example/"/>
  <outline text="deep"><outline text="L&#39;Écho" title="L'Écho du Lac" country="fr" reach="0.9"
    xmlurl="https://echo.example.fr/rss"/></outline>
</outline>
<outline text="Asia">
  <outline text="Báo Cầu" xmlUrl="https://bao.example.vn/rss" language="vi"/>
  <outline text="Times" xmlUrl="https://times.example/rss" category="/topic/world,/country/SG" reach="7"/>
  <outline text="Times again" xmlUrl="https://times.example/rss"/>
</outline>
<outline text="bad" xmlUrl="file:///etc/passwd"/>
<outline text="list" type="include" url="https://more.example/list.opml"/>
<outline text="just words"/>
</body></opml>"""


def test_outlines_become_subscriptions_with_their_outlets():
    outlines = parse_opml(LIST.encode())
    assert outlines.subscriptions == (
        Subscription(
            "https://kurier.example/rss",
            Outlet(host="kurier.example", name="Der Kurier", country="DE", country_from="registry", reach=0.5),
        ),
        Subscription(
            "https://echo.example.fr/rss",
            Outlet(host="echo.example.fr", name="L'Écho du Lac", country="FR", country_from="registry", reach=0.9),
        ),
        Subscription(
            "https://bao.example.vn/rss",
            Outlet(host="bao.example.vn", name="Báo Cầu", country="VN", country_from="domain"),
        ),
        Subscription(
            "https://times.example/rss",
            Outlet(host="times.example", name="Times", country="SG", country_from="registry"),
        ),
    )


def test_outlines_that_cannot_be_used_are_named():
    assert parse_opml(LIST.encode()).problems == (
        "This is not the address of a feed: file:///etc/passwd",
        "A list inside the list is not followed: https://more.example/list.opml",
    )


def test_list_cut_short_gives_what_is_there():
    outlines = parse_opml(LIST[: LIST.index('<outline text="Asia"')].encode())
    assert [subscription.url for subscription in outlines.subscriptions] == [
        "https://kurier.example/rss",
        "https://echo.example.fr/rss",
    ]
    assert outlines.problems[0].startswith("It ends before it is complete")


def test_what_is_no_list_is_named():
    assert parse_opml(b"<rss/>").problems == ("It is not an OPML file.",)
    assert parse_opml(b"").problems == ("It is not an OPML file.",)


def test_outlines_nested_without_end_are_survived():
    parse_opml(b"<opml><body>" + b"<outline text='a' country='DE'>" * 100_000)


@given(st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 40), st.binary(max_size=8)), max_size=5))
def test_mutated_lists_never_raise(edits):
    raw = bytearray(LIST.encode())
    for start, length, new in edits:
        raw[start : start + length] = new
    parse_opml(bytes(raw))


def test_list_may_say_that_its_outlets_are_invented():
    raw = b'<opml><body><outline sample="true"><outline xmlUrl="https://a.example/f"/></outline></body></opml>'
    (subscription,) = parse_opml(raw).subscriptions
    assert subscription.outlet.sample is True
