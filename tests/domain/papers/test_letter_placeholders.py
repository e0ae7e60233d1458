"""Placeholders of a letter to many."""

from app.domain.papers.letter_placeholders import filled


def test_values_are_put_in() -> None:
    result = filled("An {Name}, {Träger}: { Nummer }", {"Name": "Ö. Şen", "Träger": "AWO", "Nummer": "ZV-1"})
    assert result.text == "An Ö. Şen, AWO: ZV-1"
    assert result.lacks == ()


def test_what_cannot_be_put_in_is_said_once_and_stays_as_a_gap() -> None:
    result = filled("{Betrag} {Betrag} {Nmae} {Titel}", {"Betrag": None})
    assert result.text == "[Betrag] [Betrag] [Nmae] [Titel]"
    assert result.lacks == (
        "Für {Betrag} ist nichts eingetragen.",
        "Den Platzhalter {Nmae} gibt es nicht.",
        "{Titel} gibt es nur in Briefen zu einer Vereinbarung.",
    )
