"""The control of an import: the file's total against its rows, and its orders and months against the database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.domain.bookings.booking_plan import BookingPlan
from app.domain.bookings.bookings import INCOME_CLASSES, BookingField, StoredBooking
from app.domain.bookings.import_effect import prognosis
from app.domain.bookings.import_sums import PlaceControl, Scope
from app.domain.bookings.import_total import LeftOut, TotalControl, control_total


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


def forecast(
    plan: BookingPlan,
    stored: Sequence[StoredBooking],
    given: frozenset[BookingField],
    total_cents: int | None,
    *,
    skipped: Iterable[LeftOut] = (),
    removed: Collection[int] = (),
    classes: str = INCOME_CLASSES,
) -> ImportControl:
    """The control as it will be once this decided plan is written. `skipped`: skipped rows with an amount."""
    scope = Scope(plan, stored, given, removed, classes)
    places = scope.held_against(prognosis(plan, scope.after, classes))
    return ImportControl(control_total(plan, total_cents, skipped, classes), places)
