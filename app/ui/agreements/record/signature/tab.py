"""The tab "Unterschrift": who has signed, the scans of it, and the printed version that went out."""

from functools import partial

from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.dates import german
from app.services.agreements import deviations, signatories, signatures
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.signatories import SignatoryRow
from app.services.papers import attachments, papers
from app.services.papers.attachments import Belonging
from app.ui.agreements.corrections import do_agreed
from app.ui.agreements.pills import few_names
from app.ui.agreements.record.files import FileCommands, said_of_twins
from app.ui.agreements.record.signature.deviations import deviations_section
from app.ui.agreements.record.signature.printed import PrintedVersions
from app.ui.agreements.record.signature.signatory_card import SignatoryCard
from app.ui.agreements.record.tab import RecordTab
from app.ui.agreements.signing import open_signature, open_signing_day
from app.ui.context import Context
from app.ui.kit.layout import grow, row
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.scaling import follow_text
from app.workflows.papers.attachments import Attached

PRINTED_WIDTH = 330


class SignatureTab(RecordTab):
    """Answers: who has signed, who has not, and what exactly?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._twins = ""
        self._files = FileCommands(context, self, self._came_in)
        self.people = Pane(margin=0, spacing=12, surface=False)
        self.printed = PrintedVersions(context)
        follow_text(self.printed, self.printed.setFixedWidth, PRINTED_WIDTH)
        row(grow(self.people), self.printed, on=self, spacing=16)

    def refill(self, *, same: bool) -> None:
        if not same:
            self._twins = ""
        with self.people.refilled(same=same):
            self._show_people()
        self.printed.show_papers(self.row.id, self.context.ask(papers.rows, self.row.id))

    def _show_people(self) -> None:
        row, people = self.row, self.context.ask(signatories.rows, self.row.id)
        files = self.context.ask(attachments.rows, row.id)
        scans = [scan for scan in files if scan.belongs.is_scan and scan.belongs.amendment_id is None]
        found = self._files.states(scans, lambda: self.refill(same=True))
        missing = [who for who in people if who.signed_on is None]
        together = len(missing) > 1 and row.stage not in BINDING_STAGES
        tone, action = (
            Tone.INFO if missing else Tone.SUCCESS,
            "Alle haben unterschrieben …" if together else "",
        )
        sign_all = partial(open_signing_day, self.context, row.id, row.number, self)
        self.people.add(Note(standing(row, people), tone, action, sign_all))
        if self._twins:
            self.people.add(Note(self._twins, Tone.INFO))
        for who in people:
            mine = [scan for scan in scans if scan.belongs.party_id == who.party_id and not who.is_further]
            own = [(scan, found[scan.id]) for scan in mine]
            sign = partial(open_signature, self.context, row.id, row.number, who, self)
            take_back = partial(self._take_back, who)
            belongs = Belonging(row.id, party_id=who.party_id, is_scan=True)
            self.people.add(SignatoryCard(who, own, belongs, self._files, sign=sign, take_back=take_back))
        section = deviations_section(self.context.ask(deviations.load, row.id))
        if section is not None:
            self.people.add(section)

    def _take_back(self, who: SignatoryRow) -> None:
        """It was entered by mistake: a correction. Raises UserError, and asks for no reason, where it stays."""
        self.context.ask(signatures.refuse_withdrawal, self.row.id)
        label = f"{self.row.number}: Unterschrift von {who.name} zurückgenommen"
        row, on = self.row, self.context.today()
        withdraw = partial(signatures.withdraw, seat=who.seat)
        do_agreed(self.context, row.id, self, label, withdraw, row.id, who.party_id, on)

    def _came_in(self, found: list[Attached]) -> None:
        self._twins = said_of_twins(found)
        if self._twins:
            self.refill(same=True)


def standing(row: AgreementRow, people: list[SignatoryRow]) -> str:
    """How far the signing is, in a sentence."""
    missing = [who.name for who in people if who.signed_on is None]
    begin = row.term.begin
    if not missing:
        day = max(who.signed_on for who in people if who.signed_on is not None)
        said = f"Alle haben unterschrieben, zuletzt am {german(day)}."
        if row.stage is Stage.SIGNED and begin is not None:
            return f"{said} Die Vereinbarung tritt am {german(begin)} von selbst in Kraft."
        return said
    if row.stage in BINDING_STAGES:
        return (
            f"Der Stand „{row.stage.word}“ wurde übernommen. Noch nicht eingetragen ist die Unterschrift von "
            f"{few_names(missing)}."
        )
    count = f"{len(people) - len(missing)} von {len(people)}"
    return (
        f"{count} haben unterschrieben, es fehlt noch: {few_names(missing)}\n"
        "In Kraft ist die Vereinbarung erst mit der letzten Unterschrift."
    )
