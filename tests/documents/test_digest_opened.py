"""Office files as LibreOffice opens them, where it is installed; whether they are whole is tested everywhere."""

import io

from nhipcau.documents import digest as printed
from tests.support.packages import as_pdf
from tests.support.printed import make_article, make_edition, make_plain, make_story, pdf_pages


def test_libreoffice_opens_and_prints_word_and_excel(tmp_path):
    stories = [make_story(number) for number in range(1, 9)]
    plain = make_plain(*stories, edition=make_edition(), articles=[make_article(f"Article {n}") for n in range(1, 5)])
    files = []
    for form in ("docx", "xlsx"):
        out = io.BytesIO()
        printed.write(form, plain, out, str)
        files.append(tmp_path / f"{form}.{form}")
        files[-1].write_bytes(out.getvalue())
    word, excel = (" ".join("".join(pdf_pages(made)).split()) for made in as_pdf(files, tmp_path))
    assert [n for n in range(1, 9) if f"{n}. Story {n}" not in word] == []
    assert "“Un titre”, 21/11/2026 14:05, https://paper.example/1" in word
    assert [n for n in range(1, 5) if f"Article {n}" not in excel] == []
    # The formula was computed by LibreOffice itself: four articles of FR, of eight items told.
    assert "Pháp 4" in excel
