"""The common form of paper text, and how it reads as plain text."""

import pytest

from app.domain.papers.paper_text import (
    Look,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Run,
    SignatureBlock,
    Signatures,
    bold,
    gap,
    joined,
    lines,
    muted,
    numbered,
    plain,
    plain_text,
    shorten,
    tidied,
    words,
)


def test_words_are_put_together() -> None:
    assert words(bold("Stadt"), ", ", gap("Ort"), "") == (
        Run("Stadt", bold=True),
        Run(", "),
        Run("[Ort\u00a0fehlt]", look=Look.GAP),
    )
    assert joined(["a", "", (), muted("b")]) == (Run("a"), Run("\n"), Run("b", look=Look.MUTED))
    assert joined([]) == ()
    assert plain(bold("a\r\nb\x00")) == "a b"
    assert lines("a\n\n b ") == ["a", "b"]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ((), ()),
        (words("  "), ()),
        (words(" a  b "), words("a b")),
        (words("a ", " b"), words("a b")),
        (words("a ", bold(" b "), " "), (Run("a "), Run("b", bold=True))),
    ],
)
def test_what_filling_in_leaves_is_tidied(given: tuple[Run, ...], wanted: tuple[Run, ...]) -> None:
    assert tidied(given) == wanted


def test_paragraphs_are_numbered_with_their_lists() -> None:
    table = PaperTable((), ())
    item = Paragraph("x", ParagraphKind.ITEM)
    found = numbered([Paragraph("a"), item, table, item, item, Paragraph("b")])
    said = [(block.number, block.level) if isinstance(block, Paragraph) else "Tabelle" for block in found]
    assert said == [("(1)", 1), ("", 2), "Tabelle", ("(2)", 1), ("", 2), ("", 2), ("(3)", 1)]


def test_everything_as_plain_text() -> None:
    blocks = [
        Paragraph("Titel", ParagraphKind.TITLE),
        Paragraph("eins", number="(1)"),
        Paragraph(bold("zwei"), ParagraphKind.ITEM),
        Paragraph("drei", ParagraphKind.ITEM, level=2),
        PaperTable(("A", "B"), (1, 1), (("x\ny", "–"), ("", gap("z")))),
        Paragraph("D\nWeg 1", ParagraphKind.ADDRESS),
        Signatures((SignatureBlock("Stadt", "Dr. Weiß"),)),
    ]
    assert plain_text(blocks) == (
        "Titel\n\n(1) eins\n– zwei\n  – drei\n\nA · B\nx · y\n[z\u00a0fehlt]\n\n"
        "D\nWeg 1\n\nUnterschriften\n\nStadt\nDr. Weiß"
    )
    assert plain_text([]) == ""
    assert plain_text([Paragraph("allein", ParagraphKind.ITEM)]) == "– allein"


def test_a_long_text_is_cut_where_room_is_fixed() -> None:
    assert shorten("x" * 120) == "x" * 120
    assert shorten("x" * 121) == f"{'x' * 119}…"
