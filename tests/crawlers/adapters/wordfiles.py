"""Word documents made for tests: real archives with the parts that Word writes."""

import io
import zipfile

_SPACE = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def run(text: str, marks: str = "") -> str:
    """A run of words with its marks, such as `<w:b/>`."""
    told = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", listed: bool = False) -> str:
    """A paragraph of runs; plain words stand for one run."""
    told = f'<w:pStyle w:val="{style}"/>' if style else ""
    told += '<w:numPr><w:numId w:val="1"/></w:numPr>' if listed else ""
    words = "".join(item if item.startswith("<") else run(item) for item in runs)
    return f"<w:p><w:pPr>{told}</w:pPr>{words}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of words."""
    told = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in told)}</w:tbl>"


def document(*blocks: str, head: str = "", **parts: bytes) -> bytes:
    """The bytes of a .docx; `head` stands before the root of its text, `parts` are further files."""
    body = f"<w:body>{''.join(blocks)}</w:body>"
    text = f"<?xml version='1.0' encoding='UTF-8'?>{head}<w:document {_SPACE}>{body}</w:document>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", text)
        for name, data in parts.items():
            archive.writestr(f"word/{name}.bin", data)
    return made.getvalue()
