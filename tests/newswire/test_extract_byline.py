import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.extract.byline import LONGEST, MOST, names_in


def named(*lines, printed=False):
    return names_in(lines, lambda name: name == "Báo Mẫu", printed=printed)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Trần B and C D", ["Trần B", "C D"]),
        ("Von A B und C D", ["A B", "C D"]),
        ("A B, C D và E F", ["A B", "C D", "E F"]),
        ("A B; C D | E F / G H", ["A B", "C D", "E F", "G H"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("José Ortega y Juan Pérez", ["José Ortega", "Juan Pérez"]),
        ("A B (Text) und C D (Fotos)", ["A B", "C D"]),
        ("A One, Political editor", ["A One"]),
        ("A One a.one@example.com @aone", ["A One"]),
        ("Par A B avec AFP", ["A B avec AFP"]),
        ("viktor hedlund", ["viktor hedlund"]),
        ("Simone de Beauvoir, dpa", ["Simone de Beauvoir", "dpa"]),
        ("구현모 기자", ["구현모"]),
        ("大渡 美咲、山田 太郎", ["大渡 美咲", "山田 太郎"]),
        ("A One 5 June 2025", ["A One"]),
        ("Autorin/Autor: A One", ["A One"]),
        ("Theo Reuters", ["Reuters"]),
        ("Báo Mẫu, Hà Nội", []),
        ("A One, Báo Mẫu", ["A One"]),
        ("A One, A One", ["A One"]),
        ("admin", []),
        ("Redaktion", []),
        ("https://example.com/a", []),
        ("a@example.com", []),
        ("123", []),
        ("", []),
    ],
)
def test_names_are_taken_out_of_an_author_line(line, names):
    assert named(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("A One", ["A One"]),
        ("AFP", ["AFP"]),
        ("Home", []),
        ("Follow us on Facebook", []),
        ("the whole story so far", []),
        ("By A One Published 5 June 2025", ["A One"]),
        ("山田太郎", ["山田太郎"]),
    ],
)
def test_printed_lines_must_look_like_names(line, names):
    assert named(line, printed=True) == names


def test_sizes_are_capped():
    assert named("x" * (LONGEST + 1)) == []
    assert len(named(*(f"A{chr(65 + n // 26)}{chr(65 + n % 26)} B" for n in range(100)))) == MOST


@given(st.lists(st.text(max_size=80), max_size=4), st.booleans())
def test_any_line_is_survived(lines, printed):
    assert all(name.strip() == name and name for name in named(*lines, printed=printed))
