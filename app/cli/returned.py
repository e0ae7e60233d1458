"""The command about a workbook that came back from finance: compare-finance."""

from argparse import Namespace

from app.cli.answer import Answer, table
from app.cli.store import opened
from app.domain.counting import counted
from app.domain.dates import german
from app.domain.finance.finance_return import Difference
from app.workflows.finance.finance_return import ReturnedWorkbook, compare_file


def compare_finance(options: Namespace) -> Answer:
    """What finance changed in a workbook that was exported here; nothing is written."""
    with opened(options, writer=False) as database:
        returned = compare_file(database, options.file.absolute())
    return Answer(returned.as_json(), _text(returned))


def _text(returned: ReturnedWorkbook) -> str:
    export = returned.export
    head = f"Finanzliste {export.year} vom {german(export.exported_at.date())} ({export.file_name})"
    if not returned.differences:
        return f"{head}\nKeine Unterschiede."
    headers = ("Blatt", "Zeile", "Nummer", "Spalte", "exportiert", "jetzt hier", "in der Datei", "Stand")
    lines = [_line(one) for one in returned.differences]
    return "\n\n".join(
        (head, table(headers, lines, right=(1,)), counted(len(lines), "Unterschied", "Unterschiede"))
    )


def _line(one: Difference) -> tuple[str, ...]:
    row = "" if one.row is None else str(one.row)
    said = f"{one.standing.word}: {one.reason}" if one.reason else one.standing.word
    return one.sheet, row, one.key, one.column, one.ours, one.now, one.theirs, said
