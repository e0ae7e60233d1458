"""The commands that write papers: export-finance, print-agreement."""

from argparse import Namespace
from datetime import date

from app.cli.answer import Answer
from app.cli.store import opened, writer_is_free
from app.domain.counting import counted
from app.domain.money import euro
from app.workflows.agreements import print_agreement as printing
from app.workflows.finance import export_finance as finance


def export_finance(options: Namespace) -> Answer:
    """Beside an open window the workbook is written but not recorded, so it cannot be marked as sent there."""
    with opened(options, writer=writer_is_free(options)) as database:
        result = finance.export_finance(database, options.out.absolute(), options.year, layout=options.layout)
    text = (
        f"Arbeitsmappe für die Finanzabteilung geschrieben: {result.file}\n"
        f"{counted(result.bookings, 'Buchung', 'Buchungen')}, zusammen {euro(result.total_cents)}; "
        f"{counted(result.changes, 'Änderung', 'Änderungen')} seit dem letzten Versand"
    )
    return Answer(result.as_json(), text)


def print_agreement(options: Namespace) -> Answer:
    """Write an agreement as PDF, whatever its stage; what it lacks is said, not refused."""
    target = options.out.absolute()
    with opened(options, writer=False) as database:
        gaps = printing.print_agreement(database, options.number, target, date.today())
    text = f"Vereinbarung geschrieben: {target}"
    if gaps:
        text += "\nEs fehlt noch:\n" + "\n".join(f"  - {gap}" for gap in gaps)
    return Answer({"file": str(target), "missing": list(gaps)}, text)
