"""Office files made by hand for tests: the least that a word processor would open."""

import io
import zipfile

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/main.xml" ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'
)
_KINDS = {"docx": "wordprocessingml.document", "xlsx": "spreadsheetml.sheet", "pptx": "presentationml.presentation"}
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def packed(kind, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES.format(_KINDS.get(kind, "other")))
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(*paragraphs, header="", drawn=""):
    """Paragraphs; each given as a list is written in runs of its parts."""
    said = "".join(
        f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in ([one] if isinstance(one, str) else one))}</w:p>"
        for one in paragraphs
    )
    shape = f'<w:p><w:pict><v:shape><v:textpath string="{drawn}"/></v:shape></w:pict></w:p>' if drawn else ""
    parts = {"word/document.xml": f"<w:document {_W}><w:body>{said}{shape}</w:body></w:document>"}
    if header:
        parts["word/header1.xml"] = f"<w:hdr {_W}><w:p><w:r><w:t>{header}</w:t></w:r></w:p></w:hdr>"
    return packed("docx", **parts)


def xlsx(*cells, header=""):
    shared = "".join(f"<si><t>{cell}</t></si>" for cell in cells)
    head = f"<headerFooter><oddHeader>{header}</oddHeader></headerFooter>" if header else ""
    return packed(
        "xlsx",
        **{
            "xl/sharedStrings.xml": f"<sst {_S}>{shared}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet {_S}>{head}</worksheet>",
        },
    )
