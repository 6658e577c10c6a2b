"""A mark of secrecy is found however it is typed; the same words in a sentence are no mark."""

import pytest

from nhipcau.documents.secrecy import secrecy_mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("Tối mật", "TỐI MẬT"),
        ("MẬT", "MẬT"),
        ("  [ MẬT ]  ", "MẬT"),
        ("M Ậ T", "MẬT"),
        ("T Ố I   M Ậ T", "TỐI MẬT"),
        ("TOI MAT", "TỐI MẬT"),
        ("TUYET  MAT", "TUYỆT MẬT"),
        ("MAT", "MẬT"),
        ("Độ mật: Mật", "MẬT"),
        ("Mức độ mật: Tối mật", "TỐI MẬT"),
        ("BỘ MẪU A\tTUYỆT MẬT", "TUYỆT MẬT"),
        ("BỘ MẪU A          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nMẬT      Độc lập - Tự do - Hạnh phúc", "MẬT"),
        ("MA\u0302\u0323T", "MẬT"),  # decomposed
        ("TuyÖt mËt", "TUYỆT MẬT"),  # TCVN3
        ("mËt", "MẬT"),  # TCVN3, capitals by another font
        ("TOÁI MAÄT", "TỐI MẬT"),  # VNI
        ("Kính gửi: Bộ Mẫu A\n\nTỐI MẬT\n\nNội dung", "TỐI MẬT"),
    ],
)
def test_mark_that_stands_by_itself_is_found(text, mark):
    assert secrecy_mark(text) == mark


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bảo mật thông tin",
        "BẢO MẬT",
        "Mật độ dân số",
        "MẬT ĐỘ",
        "mật",
        "Mật",
        "mặt",
        "MẶT",
        "MẤT",
        "Tôi mất",
        "toi mat",
        "Danh mục bí mật nhà nước độ Tối mật do Bộ Mẫu A quản lý",
        "Tài liệu này không thuộc loại tuyệt mật, tối mật hay mật.",
        "Mật khẩu",
        "MẬT KHẨU",
        "Độ mật",
        "matt",
        "MATH",
    ],
)
def test_word_in_prose_is_no_mark(text):
    assert secrecy_mark(text) is None
