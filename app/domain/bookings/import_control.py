"""The control of an import as a whole: its grand total (import_total) and its orders and months (import_sums)."""

from dataclasses import dataclass

from app.domain.bookings.import_effect import prognosis
from app.domain.bookings.import_sums import PlaceControl, Scope
from app.domain.bookings.import_total import TotalControl


@dataclass(frozen=True, slots=True)
class ImportControl:
    """Both halves of the control; all sums in cents."""

    total: TotalControl
    places: tuple[PlaceControl, ...]

    @property
    def differing(self) -> tuple[PlaceControl, ...]:
        """The orders and months where database and file are not the same."""
        return tuple(one for one in self.places if one.difference_cents)

    @property
    def unexplained(self) -> tuple[PlaceControl, ...]:
        """Those of them that no row and no booking explains: something is wrong there."""
        return tuple(one for one in self.places if one.unexplained_cents)


def forecast(scope: Scope, total: TotalControl) -> ImportControl:
    """The control as it will be once the decided plan of this scope is written."""
    return ImportControl(total, scope.held_against(prognosis(scope.plan, scope.after, scope.classes)))
