import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from nhipcau.access import SystemActor
from nhipcau.audit.models import Entry
from nhipcau.press.domain.source_list import import_source_list
from nhipcau.press.models import Outlet, Source

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test")
LIST = b"""<opml version="2.0"><body>
<outline text="Asia"><outline text="The Lake" xmlUrl="https://lake.example/feed.xml" htmlUrl="https://lake.example/"
  country="SG"/></outline>
<outline text="Fleuve" xmlUrl="https://fleuve.example/rss" category="/country/FR"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/>
</body></opml>"""


def test_every_feed_of_a_list_is_registered_with_its_outlet(as_system):
    imported = import_source_list(actor=ACTOR, raw=LIST)
    assert sorted(Source.objects.values_list("url", "outlet__name", "outlet__country")) == [
        ("https://fleuve.example/rss", "Fleuve", "FR"),
        ("https://lake.example/feed.xml", "The Lake", "SG"),
    ]
    assert len(imported.problems) == 1


def test_a_list_given_again_changes_nothing(as_system):
    import_source_list(actor=ACTOR, raw=LIST)
    entries = Entry.objects.count()
    import_source_list(actor=ACTOR, raw=LIST)
    assert (Source.objects.count(), Outlet.objects.count(), Entry.objects.count()) == (2, 2, entries)


def test_a_list_without_feeds_says_so(as_system):
    with translation.override("en"):
        imported = import_source_list(actor=ACTOR, raw=b"<opml><body/></opml>")
    assert (imported.sources, imported.problems) == ((), ("The list names no feed.",))


def test_command_registers_and_names_what_it_could_not_use(tmp_path, capsys, as_system):
    file = tmp_path / "list.opml"
    file.write_bytes(LIST)
    with translation.override("en"):
        call_command("import_sources", str(file))
    out, err = capsys.readouterr()
    assert (out.strip(), "javascript:alert(1)" in err) == ("2 sources are collected.", True)


def test_command_refuses_what_is_no_list(tmp_path):
    file = tmp_path / "list.opml"
    file.write_text("no list")
    with pytest.raises(CommandError):
        call_command("import_sources", str(file))


def test_organisations_that_come_with_the_program_are_loaded_once(capsys):
    with translation.override("en"):
        call_command("load_organisations")
        call_command("load_organisations")
    assert capsys.readouterr().out.splitlines() == [
        "Organisations: 515 new, 0 changed, 0 as before.",
        "Organisations: 0 new, 0 changed, 515 as before.",
    ]
