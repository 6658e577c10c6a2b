from nhipcau.documents.forms import Form
from nhipcau.reporting.outline import outline


def test_outline_has_the_eight_parts_and_reads_back():
    form = outline()
    assert [section.number for section in form.sections] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    assert Form.from_plain(form.to_plain()) == form


def test_every_total_of_the_outline_that_names_a_source_names_one_of_a_room():
    assert {item.source.partition(".")[0] for item in outline().figures.values() if item.source} == {
        "press",
        "programme",
    }
