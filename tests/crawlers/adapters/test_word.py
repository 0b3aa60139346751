"""Word documents as HTML: what a reader sees, in order, and nothing that hides or runs in them."""

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.adapters.word import is_word, word_html
from schemas.errors import ParseError
from tests.crawlers.adapters.wordfiles import document, paragraph, run, table


def main(body: bytes) -> str:
    found = re.search(r"<main>(.*)</main>", word_html(body, "Ohjelma"))
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("block", "told"),
    [
        (paragraph("Kevätohjelma", style="Title"), "<h1>Kevätohjelma</h1>"),
        (paragraph("Kevätohjelma", style="Otsikko"), "<h1>Kevätohjelma</h1>"),
        (paragraph("Boccia", style="Heading1"), "<h2>Boccia</h2>"),
        (paragraph("Boccia", style="Otsikko2"), "<h3>Boccia</h3>"),
        (paragraph("Otsikot ovat", style="Leipteksti"), "<p>Otsikot ovat</p>"),
        (paragraph(run("Boccia", "<w:b/>"), " ma klo 10"), "<p><b>Boccia</b> ma klo 10</p>"),
        (paragraph(run("Boccia", '<w:b w:val="0"/>')), "<p>Boccia</p>"),
        (paragraph(run("Boccia", '<w:u w:val="single"/>')), "<p><b>Boccia</b></p>"),
        (paragraph(run("Boccia", '<w:u w:val="none"/>')), "<p>Boccia</p>"),
        (paragraph("ma klo 10", listed=True), "<ul><li>ma klo 10</li></ul>"),
        (
            paragraph("<w:r><w:t>ma</w:t><w:tab/><w:t>klo 10</w:t><w:br/><w:t>Salo</w:t></w:r>"),
            "<p>ma klo 10<br>Salo</p>",
        ),
        (paragraph("Tervetuloa!", run("ei näy", "<w:vanish/>")), "<p>Tervetuloa!</p>"),
        (paragraph("<w:del><w:r><w:delText>ti</w:delText></w:r></w:del>", "ke klo 12"), "<p>ke klo 12</p>"),
        (paragraph("<w:ins><w:r><w:t>ke klo 12</w:t></w:r></w:ins>"), "<p>ke klo 12</p>"),
        (paragraph("Kahvit &amp; pulla &lt;3"), "<p>Kahvit &amp; pulla &lt;3</p>"),
        (paragraph(""), ""),
        (
            table(("Ryhmä", "Aika"), ("Boccia", "ma klo 10")),
            "<table><tr><td><p>Ryhmä</p></td><td><p>Aika</p></td></tr>"
            "<tr><td><p>Boccia</p></td><td><p>ma klo 10</p></td></tr></table>",
        ),
    ],
)
def test_a_block_is_told_as_it_is_seen(block: str, told: str) -> None:
    assert main(document(block)) == told


def test_a_text_box_is_told_once_though_word_writes_it_twice() -> None:
    box = f"<w:txbxContent>{paragraph('Ilmoittaudu 1.2.')}</w:txbxContent>"
    ways = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{ways}</mc:AlternateContent></w:r>"
    assert main(document(paragraph("Retki", both))).count("Ilmoittaudu 1.2.") == 1


def test_text_in_controls_is_read() -> None:
    held = f"<w:sdt><w:sdtContent>{paragraph('Boccia ma klo 10')}</w:sdtContent></w:sdt>"
    assert main(document(held)) == "<p>Boccia ma klo 10</p>"


def test_entities_are_not_filled_in() -> None:
    head = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bbbbbbbbbb">]>'
    told = main(document(paragraph("<w:r><w:t>Ohjelma &a;&b;</w:t></w:r>"), head=head))
    assert "root:" not in told and "bbbbbbbbbb" not in told


def test_a_bomb_is_refused_before_it_is_unpacked_whole() -> None:
    with pytest.raises(ParseError, match="too large"):
        word_html(document(" " * 50_000_000), "Ohjelma")


def test_tables_in_tables_without_end_are_cut() -> None:
    inner = paragraph("syvällä")
    for _ in range(60):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert "syvällä" not in main(document(paragraph("ylhäällä"), inner))


def test_macros_and_pictures_are_not_looked_at() -> None:
    body = document(paragraph("Boccia"), vbaProject=b"\x00" * 1000, image1=b"\xff\xd8" * 500)
    assert main(body) == "<p>Boccia</p>"


@pytest.mark.parametrize(
    "body",
    [b"", b"%PDF-1.7", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html></html>"],
    ids=["nothing", "pdf", "cut", "old word", "html"],
)
def test_other_files_are_no_word_documents(body: bytes) -> None:
    assert not is_word(body)


def test_an_archive_without_a_document_is_none() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert not is_word(made.getvalue())


WHOLE = document(paragraph("Boccia ma klo 10", style="Heading1"), table(("Boccia", "ma klo 10")))


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.integers(0, len(WHOLE)))
def test_a_damaged_document_is_read_or_refused_and_never_raises_otherwise(
    place: int, value: int, length: int
) -> None:
    damaged = bytearray(WHOLE)
    damaged[place] = value
    for body in (bytes(damaged), WHOLE[:length]):
        if is_word(body):
            try:
                word_html(body, "Ohjelma")
            except ParseError as error:
                assert str(error)
