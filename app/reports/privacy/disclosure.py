"""The answer to a person who asks what is stored about her (Art. 15 GDPR), with all that the law wants said."""

from collections.abc import Iterator

from app.domain.dates import german
from app.domain.papers.paper_text import Block, PaperTable, Paragraph, bold, words
from app.domain.privacy.activities import FACTS, RIGHTS
from app.reports.privacy.paper import PrivacyPaper
from app.reports.privacy.words import facts, heading, items, responsible
from app.services.privacy.disclosure import Disclosure

NOTHING_ELSE = (
    "Eine Übermittlung in Länder außerhalb der Europäischen Union findet nicht statt. Es gibt keine automatisierte "
    "Entscheidung und kein Profiling. Die Daten liegen in einer Datei auf dem Rechner des Büros und in deren "
    "Sicherungen."
)


def disclosure_paper(told: Disclosure) -> PrivacyPaper:
    """The paper; `disclosure_workbook` has the same rows."""
    return PrivacyPaper(
        told.office, "Auskunft nach Art. 15 DSGVO", f"zu {told.name}", told.day, tuple(_blocks(told))
    )


def _blocks(told: Disclosure) -> Iterator[Block]:
    yield Paragraph(
        words(
            "Über ", bold(told.name), f" sind am {german(told.day)} im Programm Quartiersbüro die folgenden Daten "
            "gespeichert. Angaben über andere Personen in denselben Texten sind nicht wiedergegeben, soweit sie nicht "
            "untrennbar dazugehören."
        )
    )  # fmt: skip
    yield heading("Wer verantwortlich ist")
    yield facts(responsible(told.office))
    yield heading("Gespeicherte Daten")
    if not told.stored:
        yield Paragraph("Es sind keine Daten gespeichert.")
    for activity in told.activities:
        rows = tuple((one.place, one.field, one.text) for one in told.stored if one.activity is activity)
        yield Paragraph(bold(activity.word))
        yield PaperTable(("Wo", "Feld", "Inhalt"), (52, 33, 80), rows)
    yield from _purposes(told)
    yield from _log(told)
    yield heading("Rechte")
    yield Paragraph("Gegenüber der verantwortlichen Stelle bestehen diese Rechte:")
    yield from items(RIGHTS)
    yield Paragraph(NOTHING_ELSE)


def _purposes(told: Disclosure) -> Iterator[Block]:
    """Purposes, categories, recipients, source and time, for each activity she stands in."""
    years = {"agreement": told.settings.agreement_years, "booking": told.settings.booking_years}
    if told.contacts:
        yield heading("Beim Kontakt eingetragen")
        yield facts(told.contacts)
    for activity in told.activities:
        known = FACTS[activity]
        yield heading(f"Wozu und wie lange: {activity.word}")
        yield facts(
            (
                ("Zweck", known.purpose),
                ("Rechtsgrundlage", known.basis),
                ("Kategorien von Daten", known.data),
                ("Empfänger", known.recipients),
                ("Herkunft", known.source),
                ("Dauer", known.rule.format(**years)),
            )
        )
    if told.kept:
        yield heading("Was aufbewahrt werden muss")
        rows = tuple((f"{one.title} {one.record}".strip(), one.reason, one.end) for one in told.kept)
        yield PaperTable(("Was", "Grund", "Bis"), (60, 70, 35), rows)


def _log(told: Disclosure) -> Iterator[Block]:
    if not told.log:
        return
    yield heading("Verlauf")
    yield Paragraph("Frühere Werte, die das Programm zum Nachvollziehen und Zurücknehmen behält:")
    rows = tuple(
        (
            f"{one.at:%d.%m.%Y %H:%M}",
            one.label,
            f"{one.place}: {one.field}",
            f"{one.before or 'leer'} → {one.after or 'leer'}",
        )
        for one in told.log
    )
    yield PaperTable(("Wann", "Schritt", "Wo", "Vorher → nachher"), (25, 45, 45, 50), rows)
