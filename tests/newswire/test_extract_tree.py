import subprocess
import sys
import threading
import time

import pytest

from nhipcau.newswire.extract.tree import HeavyPageError, Tree, attribute, following, text_of, texts
from nhipcau.newswire.extract.weight import is_heavy

PAGE = """<!doctype html><html lang="vi" xml:lang="vi">
<head><noscript><img src="p.gif"></noscript><title>T &amp; t</title>
<META Property="og:title" content=" Hội nghị "><script>if (a < b) {}</script></head>
<body><h1 hidden>H</h1><p>Một <b>hai</b><script>no()</script><noscript><i>no</i></noscript> ba</p>
<div><time>4</time></div>
<footer>5</footer></body></html>"""


def test_a_tree_is_read_by_selector_attribute_and_text():
    tree = Tree(PAGE)

    assert tree.root.attributes == {"lang": "vi", "xml:lang": "vi"}
    assert [attribute(meta, "content") for meta in tree.all("head > meta[property]")] == ["Hội nghị"]
    assert attribute(tree.first("h1"), "hidden") == attribute(tree.first("h1"), "class") == ""
    assert [text_of(tree.first(name)) for name in ("title", "p", "script")] == ["T & t", "Một hai ba", "if (a < b) {}"]
    assert [(text, node.tag) for text, node in texts(tree.first("p"))] == [("Một ", "p"), ("hai", "b"), (" ba", "p")]


def test_following_elements_come_in_page_order():
    tree = Tree(PAGE)

    assert [node.tag for node in following(tree.first("p"))] == ["div", "time", "footer"]


@pytest.mark.parametrize("source", ["", "<", "words", "<frameset>", "\x00\ud800", "<!-- -->", "</p></div>"])
def test_whatever_is_read_has_a_root(source):
    assert Tree(source).root.tag == "html"


HEAVY = {
    "blocks in one another": "<body>" + "<div>" * 60_000,
    "lists in one another": "<ul><li>" * 40_000,
    "paragraphs in blocks": "<div><p>" * 60_000,
    "closing what was never opened": "<body>" + "<x>" * 40_000 + "</y>" * 40_000,
    "stray ends first": "</div>" * 60_000 + "<div>" * 60_000,
    "formatting never closed": "<p>" + "".join(f"<b id={n}>" for n in range(2_000)) + "<p>x" * 4_000,
    "formatting with quoted ends": "<p>" + "".join(f'<b id=">{n}">' for n in range(2_000)) + "<p>x" * 4_000,
    "formatting closed where that closes nothing": "".join(f"<b id={n}><applet></b></applet>" for n in range(2_000))
    + "<p>x" * 4_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">x",
    "attributes without values": "<p " + " ".join(f"a{n}" for n in range(60_000)) + ">x",
    "attributes with quoted ends": "<p " + " ".join(f'a{n}=">"' for n in range(60_000)) + ">x",
    "attributes broken by a quoted end": "<p "
    + " ".join(f'a{n} b="> "' if n % 2_000 == 0 else f"a{n}" for n in range(60_000))
    + ">x",
    "attributes broken by quotations of either kind": "<p "
    + " ".join(f"""a{n} '"=b c='>"' d=">'" """ if n % 500 == 0 else f"a{n}" for n in range(60_000))
    + ">x",
    "attributes between long values": "<p "
    + " ".join(f"""a{n} b=">{" " * 30_000}" """ if n % 2_000 == 0 else f"a{n}" for n in range(60_000))
    + ">x",
    "attributes behind what looks like a tag": """<title><x y="</title><p """
    + " ".join(f"a{n} b='>'" if n % 2_000 == 0 else f"a{n}" for n in range(60_000))
    + ">x",
    "tags of many attributes": ("<p " + " ".join(f"a{n}" for n in range(3_000)) + ">x") * 600,
    "templates": "<template>" * 100_000,
    "tags": "<p>a" * 200_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_pages_are_refused_at_once(name):
    started = time.process_time()

    with pytest.raises(HeavyPageError):
        Tree(HEAVY[name])
    assert time.process_time() - started < 2


@pytest.mark.long
@pytest.mark.parametrize("name", HEAVY)
def test_a_sixth_of_a_heavy_page_is_read_in_time(name):
    # In a process of its own: what it takes is counted from nothing.
    program = """
import resource, sys

from nhipcau.newswire.extract.tree import Tree, texts
tree = Tree(sys.stdin.read())
sum(len(text) for text, _ in texts(tree.root))
[peak] = [int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")]
assert resource.getrusage(resource.RUSAGE_SELF).ru_utime < 4
assert peak < 500_000, peak
"""
    source = HEAVY[name]
    part = source[: len(source) // 6]
    if "formatting" in name:
        part = source[: source.index("<p>x")][: len(source) // 12] + "<p>x" * 600
    if is_heavy(part.encode()):
        pytest.skip("that much is refused too")

    subprocess.run([sys.executable, "-c", program], input=part.encode(), check=True)


SCRIPT = "<script>x = [" + "{'a': 'y z', \"b\": 1 < 2}, " * 20_000 + "]</script><p>x"
TABLE = "<table>" + "<tr><td class='a b' id=c title=\"d > e\">1 2 3 < 4" * 4_000


@pytest.mark.parametrize("source", [SCRIPT, TABLE, f"<p>{'a b ' * 300_000}"], ids=["script", "table", "words"])
def test_a_long_page_of_few_attributes_is_not_heavy(source):
    assert not is_heavy(source.encode())


def test_trees_are_read_on_several_threads():
    found = []

    def read():
        found.extend("".join(text for text, _ in texts(Tree(PAGE).root)) for _ in range(200))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 1600
    assert len(set(found)) == 1
