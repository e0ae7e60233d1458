"""What every row is known by, so that a byte which changed on the disk is noticed."""

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model


class Checksum(Model):
    """The checksum of one row of one table, kept by triggers alone (see db.checksums); no feature touches it."""

    __tablename__ = "checksum"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - as SQLAlchemy wants it

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]
