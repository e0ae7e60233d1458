"""The base of all models: naming convention and column types."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, Dialect, Enum, ForeignKey, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, mapped_column

from app.domain.clean_text import clean
from app.domain.file_names import safe_file_name

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Cents = Annotated[int, mapped_column(BigInteger)]
"""Money as whole cents; never a float."""


class CleanText(TypeDecorator[str]):
    """Text without signs that nobody typed, whichever way it comes in: forms, pasting, files, the command line."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value if value is None else clean(value)


class FileName(CleanText):
    """The name of a file, without what would make it seem another one or what no file system takes."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value if value is None else safe_file_name(value)


class DecimalText(TypeDecorator[Decimal]):
    """A Decimal kept as text, so that no digit is lost on the way (figures, hours)."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Model(DeclarativeBase):
    """A table. Every table has an integer `id`, by which the change log finds a row again."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: CleanText}

    id: Any

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


def key() -> Any:
    """The integer primary key."""
    return mapped_column(primary_key=True)


def word(enum: type[StrEnum]) -> Enum:
    """A column type that stores the enum's value as plain text."""
    return Enum(enum, native_enum=False, values_callable=lambda e: [m.value for m in e], length=40)


def owned(target: str) -> Any:
    """A reference to the owner: the row goes when its owner goes."""
    return mapped_column(ForeignKey(target, ondelete="CASCADE"), index=True)


def refers(target: str) -> Any:
    """An optional reference that protects what it points to from being deleted."""
    return mapped_column(ForeignKey(target, ondelete="RESTRICT"), index=True)


def may_lose(target: str) -> Any:
    """An optional reference that is forgotten when what it points to goes."""
    return mapped_column(ForeignKey(target, ondelete="SET NULL"), index=True)
