"""Demo data of clauses: a library that grew, a second template, and agreements that were worded for their quarter."""

from dataclasses import replace
from typing import Any

from app.domain.agreements.agreements import AgreementKind, Stage
from app.services.agreements import agreement_clauses, agreement_text, clauses
from app.services.agreements.clauses import ClauseInput, TemplateInput
from app.workflows.demo.making import Making, agreements, demo_texts


def make_clauses(making: Making) -> None:
    """Own wordings of drafts, then what changed in the templates since."""
    given = demo_texts()["clauses"]
    for entry in given["own"]:
        drafts = agreements(making.session, Stage(entry["stage"]), kind=AgreementKind(entry["kind"]))
        for agreement in drafts[: entry["count"]]:
            _word(making, agreement.id, entry)
    library = {row.key: row.id for row in clauses.rows(making.session)}
    added = [
        clauses.save(
            making.session, None, ClauseInput(one["title"], one["text"], None, note=one["note"]), making.day
        )
        for one in given["library"]
    ]
    for change in given["changed"]:
        before = clauses.load(making.session, library[change["key"]])
        text = before.text.replace(change["old"], change["new"])
        clauses.save(making.session, library[change["key"]], replace(before, text=text), making.day)
    short = given["template"]
    chosen = (*(library[key] for key in short["keys"]), added[0])
    template = TemplateInput(short["name"], AgreementKind.COOPERATION, chosen, note=short["note"])
    clauses.save_template(making.session, None, template, making.day)


def _word(making: Making, agreement_id: int, entry: dict[str, Any]) -> None:
    """One clause reworded, one left out, one added, as far as the entry says so."""
    session = making.session
    rows = agreement_text.text(session, agreement_id).clauses
    places = {row.key: row.position for row in rows}
    if "reworded" in entry:
        at = places[entry["reworded"]]
        text = rows[at - 1].text.replace(entry["old"], entry["new"])
        agreement_clauses.reword(session, agreement_id, at, rows[at - 1].title, text)
    if "left_out" in entry:
        agreement_clauses.set_included(session, agreement_id, places[entry["left_out"]], included=False)
    if "title" in entry:
        agreement_clauses.add(session, agreement_id, places[entry["after"]], entry["title"], entry["text"])
