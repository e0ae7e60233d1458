"""The commands that ask: budget, grant, deadlines."""

from argparse import Namespace
from datetime import date

from app.cli.answer import Answer, table
from app.cli.store import opened, writer_is_free
from app.domain.budgets.budgets import BudgetFigures
from app.domain.counting import counted
from app.domain.dates import german
from app.domain.money import amount, plain
from app.services.budgets import budgets
from app.services.deadlines import deadlines as due
from app.services.grants import grant_standing, grants
from app.workflows.deadlines.calendar import CalendarFile, export_calendar

NOT_NOTED = (
    "Das Programm ist gerade geöffnet. Deshalb ist nicht vermerkt, was in diesem Kalender steht, und spätere Kalender "
    "melden nicht, was davon entfällt. Besser ist es, ihn im Fenster zu speichern oder das Fenster vorher zu schließen."
)


def budget(options: Namespace) -> Answer:
    """The figures of each budget of a year, what has no budget yet, and the sum of it all as everywhere.

    In the JSON `total` is that of the budgets alone, as exchange.md promises.
    """
    with opened(options, writer=False) as database, database.read() as session:
        year = budgets.of_year(session, options.year)
    rows, unassigned = year.rows, year.unassigned
    total = sum((row.figures for row in rows), BudgetFigures())
    data = {
        "budgets": [{"number": row.number} | _plain(row.figures, *_FIGURES) for row in rows],
        "unassigned": {"count": unassigned.count, "sum": plain(unassigned.sum_cents)},
        "total": _plain(total, *_FIGURES),
    }
    lines = [(row.number, row.title, *_amounts(row.figures, *_FIGURES)) for row in rows]
    if unassigned.count:
        bookings = counted(unassigned.count, "Buchung", "Buchungen")
        lines.append(("", f"nicht zugeordnet ({bookings})", *_amounts(unassigned.figures, *_FIGURES)))
    lines.append(("Summe", "", *_amounts(year.total, *_FIGURES)))
    headers = ("Nummer", "Bezeichnung", "Ansatz", "Umschichtung", "gebunden", "Ist", "verfügbar")
    return Answer(data, table(headers, lines, right=range(2, 7)))


def grant(options: Namespace) -> Answer:
    """Where a grant stands on a day: sums, plan items with their lights, payouts."""
    on = options.on or date.today()
    with opened(options, writer=False) as database, database.read() as session:
        standing = grant_standing.standing(session, grants.find(session, options.short), on)
    data = {
        **_plain(standing, "granted", "eligible", "final", "received", "refund"),
        "items": [
            {
                "position": item.position,
                **_plain(item, "planned", "actual", "committed"),
                "light": item.light.value,
            }
            for item in standing.items
        ],
        "payouts": [
            {
                "nr": use.payout.nr,
                "received": plain(use.payout.received_cents),
                **_plain(use, "used", "open"),
                "use_by": use.payout.use_by.isoformat(),
            }
            for use in standing.payouts
        ],
    }
    return Answer(data, _grant_text(standing))


def deadlines(options: Namespace) -> Answer:
    """What is due from a day on; with --ics also as a calendar file, which an open window keeps from being noted."""
    on = options.on or date.today()
    file: CalendarFile | None = None
    with opened(options, writer=options.ics is not None and writer_is_free(options)) as database:
        with database.read() as session:
            found = due.deadlines(session, on, options.days)
        if options.ics is not None:
            file = export_calendar(database, options.ics.absolute(), on, options.days)
    data = {
        "deadlines": [
            {
                "date": d.day.isoformat(),
                "kind": d.kind.value,
                "record": d.record,
                "title": d.title,
                "rule": d.rule,
            }
            for d in found
        ]
    }
    rows = [(german(d.day), _days_left(d.days_left(on)), d.kind.word, d.record, d.title) for d in found]
    text = (
        table(("Datum", "noch", "Art", "Vorgang", "Was"), rows, right=(1,))
        if found
        else "Es ist nichts fällig."
    )
    if file is None:
        return Answer(data, text)
    if not file.is_written:
        return Answer(data, text, remarks=(file.sentence,))
    said = f"{text}\n\nKalender geschrieben: {file.path}\n{file.sentence}."
    return Answer(data, said, remarks=() if file.is_noted else (NOT_NOTED,))


def _days_left(days: int) -> str:
    return counted(days, "Tag", "Tage") if days >= 0 else "überfällig"


_FIGURES = ("planned", "transfers", "committed", "actual", "available")


def _plain(of: object, *names: str) -> dict[str, str]:
    """The amounts of these names for the JSON."""
    return {name: plain(getattr(of, f"{name}_cents")) for name in names}


def _amounts(of: object, *names: str) -> list[str]:
    """The same for people."""
    return [amount(getattr(of, f"{name}_cents")) for name in names]


def _grant_text(standing: grant_standing.GrantStanding) -> str:
    sums = (
        ("bewilligt", standing.granted_cents),
        ("zuwendungsfähig ausgegeben", standing.eligible_cents),
        ("Zuwendung danach", standing.final_cents),
        ("erhalten", standing.received_cents),
        ("noch nicht belegt", standing.refund_cents),
    )
    items = [
        (i.position, i.title, *_amounts(i, "planned", "actual", "committed"), i.light.word)
        for i in standing.items
    ]
    payouts = [
        (
            str(u.payout.nr),
            amount(u.payout.received_cents),
            *_amounts(u, "used", "open"),
            german(u.payout.use_by),
        )
        for u in standing.payouts
    ]
    return "\n\n".join(
        (
            f"{standing.short}, Stand {german(standing.on)}",
            table(("", "Euro"), [(name, amount(cents)) for name, cents in sums], right=(1,)),
            table(("Position", "Bezeichnung", "Ansatz", "Ist", "gebunden", "Ampel"), items, right=(2, 3, 4)),
            table(("Abruf", "erhalten", "verwendet", "offen", "zu verwenden bis"), payouts, right=(1, 2, 3)),
        )
    )
