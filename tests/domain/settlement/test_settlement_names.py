import pytest

from app.domain.settlement.settlement_names import Likeness, Recipients
from app.domain.settlement.settlement_numbers import KnownNumbers

RECIPIENTS = Recipients(
    (
        "Nachbarschaftswerk Vahrenwald e.V.",
        "Kirchengemeinde Zum Lindenhof",
        "Kirchengemeinde Am Tiergartenrand",
        "Diakoniestation Leineaue gGmbH",
        "Mehrgenerationenhaus Sonnengarten",
        "Türkisch-Deutscher Freundeskreis Linde e.V.",
        "Tischlerei Brandt",
        "Müller & Söhne GmbH",
        "Pflegedienst Abendlicht GmbH",
        "Pflegedienst Kanalblick GmbH",
        "Träger Nummer 1 e.V.",
        "Träger Nummer 11 e.V.",
    )
)


@pytest.mark.parametrize(
    ("payee", "recipient", "likeness"),
    [
        ("NACHBARSCHAFTSWERK VAHRENWALD E. V.", "Nachbarschaftswerk Vahrenwald e.V.", Likeness.SAME),
        ("Nachbarschaftswerk Varenwald", "Nachbarschaftswerk Vahrenwald e.V.", Likeness.SIMILAR),
        ("Kirchengemeinde Lindenhof", "Kirchengemeinde Zum Lindenhof", Likeness.SAME),
        ("Diakoniestation Leine-Aue", "Diakoniestation Leineaue gGmbH", Likeness.SAME),
        ("Mehr Generationen Haus Sonnengarten", "Mehrgenerationenhaus Sonnengarten", Likeness.SAME),
        (
            "Türkisch-Deutscher Freundeskreis Lin",
            "Türkisch-Deutscher Freundeskreis Linde e.V.",
            Likeness.SIMILAR,
        ),
        ("Brandt, Tischlerei", "Tischlerei Brandt", Likeness.SAME),
        ("Brandt", "Tischlerei Brandt", Likeness.SIMILAR),
        ("Mueller und Soehne", "Müller & Söhne GmbH", Likeness.SAME),
        ("Träger Nummer 1", "Träger Nummer 1 e.V.", Likeness.SAME),
    ],
)
def test_a_recipient_is_known_again_however_finance_writes_it(
    payee: str, recipient: str, likeness: Likeness
) -> None:
    assert RECIPIENTS.like(payee) == {recipient: likeness}


@pytest.mark.parametrize(
    "payee",
    ["Kirchengemeinde", "Pflegedienst", "Träger Nummer 2 e.V.", "Tischlerei Krause", "Stadtkasse", "", None],
)
def test_words_that_many_share_are_no_name(payee: str | None) -> None:
    assert RECIPIENTS.like(payee) == {}


def test_a_recipient_in_the_text_must_be_there_as_a_whole() -> None:
    text = frozenset({"honorar", "tischlerei", "brandt", "mai"})
    assert RECIPIENTS.stands_in("Tischlerei Brandt", text)
    assert not RECIPIENTS.stands_in("Tischlerei Brandt", text - {"brandt"})


NUMBERS = KnownNumbers(("MB26-7", "MB26-10", "ZV-2026-01", "4711", "12345", "1", "KV 3/26"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Rg. MB 26/10 Möbel", {"MB26-10"}),
        ("MB-2026-07", {"MB26-7"}),
        ("zv 2026 01 3. Rate", {"ZV-2026-01"}),
        ("kv3/26", {"KV 3/26"}),
        ("MB26-7, MB26-10", {"MB26-7", "MB26-10"}),
        ("Beleg 12345", {"12345"}),
        ("Mb26-71", set()),
        ("AMB26-7", set()),
        ("4711 und 1", set()),  # too short: amounts and invoices look the same
        ("", set()),
        (None, set()),
    ],
)
def test_numbers_are_found_however_they_are_written(text: str | None, named: set[str]) -> None:
    assert NUMBERS.named_in(text) == named


def test_without_numbers_nothing_is_named() -> None:
    assert KnownNumbers(()).named_in("MB26-7") == frozenset()
