"""The clause library, the templates made of it, and the wording of each agreement."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseCondition
from db.models.base import Model, key, owned, refers, word


class Clause(Model):
    """A clause of the library: what stays while its versions follow one another.

    `key` names it in references such as {§goals}; `retired_on`: no longer offered.
    """

    __tablename__ = "clause"

    id: Mapped[int] = key()
    key: Mapped[str] = mapped_column(unique=True)
    retired_on: Mapped[date | None]


class ClauseVersion(Model):
    """All that a clause is from a day on; a version in use never changes.

    `text` has the markup of clauses; `kind` None: for both kinds of agreement; `note` is for the author, is never
    printed and may be mended; `standard_as_of`: the edition of the standard texts it was taken from, None: her own.
    """

    __tablename__ = "clause_version"
    __table_args__ = (UniqueConstraint("clause_id", "number"),)

    id: Mapped[int] = key()
    clause_id: Mapped[int] = owned("clause.id")
    number: Mapped[int]
    as_of: Mapped[date]
    title: Mapped[str]
    text: Mapped[str]
    kind: Mapped[AgreementKind | None] = mapped_column(word(AgreementKind))
    condition: Mapped[ClauseCondition | None] = mapped_column(word(ClauseCondition))
    is_obligatory: Mapped[bool] = mapped_column(default=False)
    is_numbered: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str | None]
    standard_as_of: Mapped[date | None]


class Template(Model):
    """A named, ordered choice of clauses for one kind of agreement."""

    __tablename__ = "template"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[AgreementKind] = mapped_column(word(AgreementKind))
    is_default: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]
    retired_on: Mapped[date | None]


class TemplateVersion(Model):
    """A template as it was from a day on; once an agreement was made from it, it never changes."""

    __tablename__ = "template_version"
    __table_args__ = (UniqueConstraint("template_id", "number"),)

    id: Mapped[int] = key()
    template_id: Mapped[int] = owned("template.id")
    number: Mapped[int]
    as_of: Mapped[date]


class TemplateClause(Model):
    """One clause, in one wording, at its place in a version of a template."""

    __tablename__ = "template_clause"

    id: Mapped[int] = key()
    template_version_id: Mapped[int] = owned("template_version.id")
    position: Mapped[int]
    clause_version_id: Mapped[int] = refers("clause_version.id")


class AgreementClause(Model):
    """One clause of one agreement: reworded, left out, moved or added as this agreement needs it.

    `clause_version_id` is the wording it came from; None: added for this agreement alone.
    """

    __tablename__ = "agreement_clause"

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    position: Mapped[int]
    clause_version_id: Mapped[int | None] = refers("clause_version.id")
    title: Mapped[str]
    text: Mapped[str]
    is_included: Mapped[bool] = mapped_column(default=True)
    is_numbered: Mapped[bool] = mapped_column(default=True)


class ClauseComment(Model):
    """What somebody said to a clause while it was negotiated. `settled_on`: it needs no more talk."""

    __tablename__ = "clause_comment"

    id: Mapped[int] = key()
    agreement_clause_id: Mapped[int] = owned("agreement_clause.id")
    day: Mapped[date]
    author: Mapped[str | None]
    text: Mapped[str]
    settled_on: Mapped[date | None]


class AgreementDraft(Model):
    """A draft as it was given out or kept, to be compared with another. `content` is JSON of its printed words."""

    __tablename__ = "agreement_draft"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    number: Mapped[int]
    made_at: Mapped[datetime]
    title: Mapped[str | None]
    content: Mapped[str] = mapped_column(deferred=True)
