"""People who were forgotten: what was erased, what had to stay, until when copies still hold it. No names."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from db.models.base import Model, key


class Erasure(Model):
    """One person was erased (Art. 17 GDPR). Nothing here says who it was.

    `mark` stands in place of the person since then. `erased` and `kept` (JSON) say in words what went and what stays,
    why and until when. `places` (JSON) are the rows it stood in, so that it can be erased again in an older copy that
    comes back; by `copies_until` the last such copy is gone.
    `first_without`: the number of the first copy that was taken afterwards. Outside undo and histories.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = key()
    erased_at: Mapped[datetime]
    reason: Mapped[str]
    mark: Mapped[str]
    erased: Mapped[str]
    kept: Mapped[str]
    places: Mapped[str]
    copies_until: Mapped[date]
    first_without: Mapped[int]
