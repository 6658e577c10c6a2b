"""A report that is due, on a phone: found, filled in, a file attached, submitted by two people; the same with Excel."""

from pathlib import Path

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_screens import barriers
from tests.support.workbooks import typed

pytestmark = pytest.mark.browser

DRAFTER, APPROVER, WITH_EXCEL = "dien@example.org", "nop@example.org", "excel@example.org"
#: Touches that both people may need, beside typing.
MOST_STEPS = 12


class Hand:
    """Touches of a screen, counted; what is typed into a field is not."""

    def __init__(self, reader):
        self.reader, self.page, self.steps = reader, reader.page, 0

    def touch(self, what, *, opens=True):
        self.steps += 1
        target = self.page.locator(what).locator("visible=true").first
        if not opens:
            target.click()
            return
        with self.page.expect_navigation():
            target.click()
        assert sideways(self.page) == 0

    def fill(self, name, text):
        self.page.fill(f"[name='{name}']", text)

    def attach(self, file):
        """Choosing a file is a touch, too."""
        self.steps += 1
        self.page.set_input_files("#in-files\\.papers", files=[file])


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def saved(page, part):
    page.locator(f"#saved-{part}:has-text('Đã lưu')").wait_for()


def test_report_is_found_filled_in_and_submitted_on_a_phone(reader_of, record_property):
    with reader_of(PHONE, has_touch=True) as reader:
        reader.sign_in(DRAFTER)
        hand = Hand(reader)
        hand.touch("a:has-text('Báo cáo năm thử')")
        hand.touch("a:has-text('Điền báo cáo')")
        assert barriers(reader) == []
        hand.fill("texts.direction", "Đã ban hành kế hoạch và phân công đầu mối.")
        hand.fill("figures.items", "1.234")
        # The part before is saved by itself when the hand goes on.
        saved(reader.page, "one")
        hand.fill("figures.spent", "12,5")
        hand.page.locator("[name='figures.spent']").blur()
        saved(reader.page, "two")
        hand.fill("symbol", "BC-TM")
        hand.fill("place", "Hà Nội")
        hand.page.locator("[name='place']").blur()
        saved(reader.page, "letter")
        hand.attach({"name": "phu-luc.txt", "mimeType": "text/plain", "buffer": "Phụ lục".encode()})
        hand.touch(".file-form button")
        assert "Đã đủ nội dung" in reader.page.inner_text("h1")
        hand.touch("a:has-text('Đến bước trình')")
        assert barriers(reader) == []
        hand.touch("button:has-text('Trình duyệt')")
        assert reader.wrong == []
        steps = hand.steps
    with reader_of(PHONE, has_touch=True) as reader:
        reader.sign_in(APPROVER)
        hand = Hand(reader)
        hand.touch("a:has-text('Báo cáo năm thử')")
        text = reader.page.inner_text("main")
        assert "1.234" in text
        assert "phu-luc.txt" in text
        hand.touch("a:has-text('Duyệt và nộp')")
        assert barriers(reader) == []
        hand.fill("post", "GIÁM ĐỐC")
        hand.touch("main form button.btn-primary")
        assert "Đã nộp" in reader.page.inner_text(".page-lead")
        assert reader.wrong == []
        steps += hand.steps
    record_property("steps", steps)
    assert steps < MOST_STEPS


def test_report_is_filled_in_with_the_excel_file_and_submitted(reader_of, record_property):
    with reader_of(PHONE, has_touch=True) as reader:
        reader.sign_in(WITH_EXCEL)
        hand = Hand(reader)
        hand.touch("a:has-text('Báo cáo năm thử')")
        hand.touch("a:has-text('Điền báo cáo')")
        hand.fill("symbol", "BC-EX")
        hand.fill("place", "Huế")
        hand.page.locator("[name='place']").blur()
        saved(reader.page, "letter")
        hand.touch("a:has-text('Excel')")
        assert barriers(reader) == []
        with reader.page.expect_download() as taken:
            hand.touch("button:has-text('.xlsx')", opens=False)
        book = Path(taken.value.path()).read_bytes()
        filled = typed(book, texts__direction="Đã ban hành kế hoạch.", figures__items=1234)
        hand.steps += 1
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        reader.page.set_input_files("input[type=file]", [{"name": "bao-cao.xlsx", "mimeType": kind, "buffer": filled}])
        hand.touch("main form[enctype] button")
        assert "1.234" in reader.page.inner_text("main")
        assert barriers(reader) == []
        hand.touch("main button.btn-primary")
        hand.touch("a:has-text('Đến bước trình')")
        hand.touch("button:has-text('Trình duyệt')")
        assert reader.wrong == []
        record_property("steps", hand.steps)
        assert hand.steps < MOST_STEPS
