"""Which stretch of writing the file and its log are of; see `db.file.log`."""

from sqlalchemy.orm import Mapped

from db.models.base import Model, key


class FileState(Model):
    """One row, written with every command. `stretch` names all commands between two emptyings of the log.

    `after`: the stretch that the file itself had come to when this one began.
    """

    __tablename__ = "file_state"

    id: Mapped[int] = key()
    stretch: Mapped[str]
    after: Mapped[str]
