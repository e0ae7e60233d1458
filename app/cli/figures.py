"""The commands that ask: budget, grant, deadlines."""

from argparse import Namespace
from datetime import date

from app.cli.answer import Answer, count, table
from app.cli.store import opened
from app.domain.budgets.budgets import BudgetFigures
from app.domain.dates import german
from app.domain.errors import UserError
from app.domain.money import amount, plain
from app.domain.terms import word
from app.services.budgets import budgets
from app.services.deadlines import deadlines as due
from app.services.grants import grant_standing, grants
from app.workflows.deadlines.calendar import export_calendar


def budget(options: Namespace) -> Answer:
    with opened(options, writer=False) as database, database.read() as session:
        selection = budgets.BudgetSelection(year=options.year)
        rows = budgets.rows(session, selection)
        total = budgets.figures(session, selection)
        unassigned = budgets.unassigned(session, options.year)
    data = {
        "budgets": [{"number": row.number} | _figures(row.figures) for row in rows],
        "unassigned": {"count": unassigned.count, "sum": plain(unassigned.sum_cents)},
        "total": _figures(total),
    }
    lines = [(row.number, row.title, *_amounts(row.figures)) for row in rows]
    lines.append(("Summe", "", *_amounts(total)))
    headers = ("Nummer", "Bezeichnung", "Ansatz", "Umschichtung", "gebunden", "Ist", "verfügbar")
    rest = f"Nicht zugeordnet: {count(unassigned.count, 'Buchung', 'Buchungen')}, {amount(unassigned.sum_cents)} €"
    return Answer(data, table(headers, lines, right=range(2, 7)) + "\n\n" + rest)


def grant(options: Namespace) -> Answer:
    on = options.on or date.today()
    with opened(options, writer=False) as database, database.read() as session:
        found = next((row for row in grants.rows(session) if row.short == options.short), None)
        if found is None:
            known = ", ".join(row.short for row in grants.rows(session)) or "noch keine"
            raise UserError(f"Eine Förderung „{options.short}“ gibt es nicht. Vorhanden: {known}.")
        standing = grant_standing.standing(session, found.id, on)
    data = {
        "granted": plain(standing.granted_cents),
        "eligible": plain(standing.eligible_cents),
        "final": plain(standing.final_cents),
        "received": plain(standing.received_cents),
        "refund": plain(standing.refund_cents),
        "items": [
            {
                "position": item.position,
                "planned": plain(item.planned_cents),
                "actual": plain(item.actual_cents),
                "committed": plain(item.committed_cents),
                "light": item.light.value,
            }
            for item in standing.items
        ],
        "payouts": [
            {
                "nr": use.payout.nr,
                "received": plain(use.payout.received_cents),
                "used": plain(use.used_cents),
                "open": plain(use.open_cents),
                "use_by": use.payout.use_by.isoformat(),
            }
            for use in standing.payouts
        ],
    }
    return Answer(data, _grant_text(standing))


def deadlines(options: Namespace) -> Answer:
    on = options.on or date.today()
    with opened(options, writer=False) as database:
        with database.read() as session:
            found = due.deadlines(session, on, options.days)
        if options.ics is not None:
            export_calendar(database, options.ics.absolute(), on, options.days)
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
    rows = [(german(d.day), _days_left(d.days_left(on)), word(d.kind), d.record, d.title) for d in found]
    text = (
        table(("Datum", "noch", "Art", "Vorgang", "Was"), rows, right=(1,))
        if found
        else "Es ist nichts fällig."
    )
    if options.ics is not None:
        text += f"\n\nKalender geschrieben: {options.ics.absolute()}"
    return Answer(data, text)


def _days_left(days: int) -> str:
    return count(days, "Tag", "Tage") if days >= 0 else "überfällig"


def _figures(figures: BudgetFigures) -> dict[str, str]:
    return {
        "planned": plain(figures.planned_cents),
        "transfers": plain(figures.transfers_cents),
        "committed": plain(figures.committed_cents),
        "actual": plain(figures.actual_cents),
        "available": plain(figures.available_cents),
    }


def _amounts(figures: BudgetFigures) -> tuple[str, ...]:
    cents = (
        figures.planned_cents,
        figures.transfers_cents,
        figures.committed_cents,
        figures.actual_cents,
        figures.available_cents,
    )
    return tuple(map(amount, cents))


def _grant_text(standing: grant_standing.GrantStanding) -> str:
    sums = (
        ("bewilligt", standing.granted_cents),
        ("zuwendungsfähig ausgegeben", standing.eligible_cents),
        ("Zuwendung danach", standing.final_cents),
        ("erhalten", standing.received_cents),
        ("noch nicht belegt", standing.refund_cents),
    )
    items = [
        (
            i.position,
            i.title,
            amount(i.planned_cents),
            amount(i.actual_cents),
            amount(i.committed_cents),
            word(i.light),
        )
        for i in standing.items
    ]
    payouts = [
        (
            str(u.payout.nr),
            amount(u.payout.received_cents),
            amount(u.used_cents),
            amount(u.open_cents),
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
