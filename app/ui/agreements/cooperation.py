"""The view "Kooperation": what hangs on what at the left, who works with whom in a quarter at the right."""

from app.domain.agreements.agreements import AgreementKind, Stage
from app.services.agreements import cooperation
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.cooperation import Branch, Tree
from app.ui.agreements.commands import AgreementCommands
from app.ui.agreements.cooperation_matrix import PartnersView
from app.ui.agreements.cooperation_tree import CooperationTree
from app.ui.agreements.views import AgreementsView, Primary
from app.ui.context import Context
from app.ui.kit.filter_bar import FilterBar
from app.ui.kit.layout import column, grow, held
from app.ui.kit.page import Split
from app.ui.kit.table.folding import folded
from app.ui.kit.timers import later


class CooperationView(AgreementsView):
    """Answers: which cooperation agreements hang on which target agreement, and who is doubled or missing?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._tree = Tree((), ())
        self.filters = FilterBar("agreements_cooperation", "Vereinbarung oder Partner suchen …")
        self.filters.add_chip("ended", "Beendete", [("show", "auch beendete")], multiple=False)
        self.filters.changed.connect(self._show_tree)
        self.tree = CooperationTree()
        self.commands = AgreementCommands(context, self, self.tree.select)
        self.partners = PartnersView(context)
        self._follow = later(self, self._follow_quarter, 150)
        self.tree.attach_wanted.connect(self.attach)
        self.tree.opened.connect(self.record_wanted)
        self.tree.add_below_wanted.connect(self.commands.add_below)
        self.tree.current_row_changed.connect(lambda _row: self._follow.start())
        left = held(column(self.filters, grow(self.tree), spacing=8))
        column(Split("agreements_cooperation", left, self.partners, shares=(3, 7)), on=self)
        self.setFocusProxy(self.tree)

    def primary(self) -> Primary | None:
        return "Kooperationsvereinbarung anlegen", self.add

    def refresh(self) -> str:
        self._tree = self.context.ask(cooperation.tree, self.context.today())
        self._show_tree()
        self.partners.refresh()
        return _sentence(self._tree)

    def open_record(self, record_id: int) -> None:
        self.tree.select(record_id)

    def attach(self, agreement_id: int, parent_id: int | None) -> None:
        """Hang a cooperation agreement on a target agreement, or let it stand alone; undo takes it back."""
        names = {row.id: row.number for row in _rows((*self._tree.targets, *self._tree.alone))}
        number = names[agreement_id]
        words = f"{number} steht allein" if parent_id is None else f"{number} an {names[parent_id]} angehängt"
        self.context.do(words, cooperation.attach, agreement_id, parent_id)

    def add(self) -> None:
        """A new cooperation agreement, on the target agreement that is chosen if there is one."""
        row = self.tree.current_row()
        if row is not None and row.kind is AgreementKind.TARGET:
            self.commands.add_below(row.id)
        else:
            self.commands.add(kind=AgreementKind.COOPERATION)

    def _show_tree(self) -> None:
        words = [folded(word) for word in self.filters.text.split()]
        ended = bool(self.filters.chosen("ended"))

        def passes(row: AgreementRow) -> bool:
            text = folded(f"{row.number} {row.title} {row.partners} {row.quarter}")
            return (ended or row.stage is not Stage.ENDED) and all(word in text for word in words)

        self.tree.show_tree(self._tree, passes)

    def _follow_quarter(self) -> None:
        row = self.tree.current_row()
        if row is not None and row.quarter_id is not None:
            self.partners.show_quarter(row.quarter_id)


def _rows(branches: tuple[Branch, ...]) -> list[AgreementRow]:
    return [row for branch in branches for row in (branch.row, *_rows(branch.children))]


def _sentence(tree: Tree) -> str:
    hanging = sum(len(_rows(branch.children)) for branch in tree.targets)
    alone = len(_rows(tree.alone))
    bare = sum(not branch.children and branch.row.stage is not Stage.ENDED for branch in tree.targets)
    if not tree.targets and not alone:
        return "Noch keine Vereinbarungen"
    return (
        f"{hanging + alone} Kooperationsvereinbarungen, davon {alone} eigenständig · "
        f"{bare} Zielvereinbarungen noch ohne Kooperation"
    )
