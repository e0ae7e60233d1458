"""Version 4: what is signed stays as signed: dated amendments, whole versions of clauses, calendar entries sent."""

from db.driver import sqlite
from db.migrations import v0004_amendments

STATEMENTS: tuple[str, ...] = (
    # Calendar files: what went out, and which database it came from.
    "CREATE TABLE sent_event (id INTEGER NOT NULL, uid VARCHAR NOT NULL, kind VARCHAR(40) NOT NULL, "
    "day DATE NOT NULL, summary VARCHAR NOT NULL, digest VARCHAR NOT NULL, sequence INTEGER NOT NULL, "
    "changed_at DATETIME NOT NULL, is_cancelled BOOLEAN NOT NULL, "
    "CONSTRAINT pk_sent_event PRIMARY KEY (id), CONSTRAINT uq_sent_event_uid UNIQUE (uid))",
    "INSERT INTO setting (name, value) VALUES ('database.id', lower(hex(randomblob(16))))",
    # Several people sign for the city.
    "CREATE TABLE city_signature (id INTEGER NOT NULL, agreement_id INTEGER NOT NULL, amendment_id INTEGER, "
    "seat INTEGER NOT NULL, signed_on DATE NOT NULL, signed_by VARCHAR, "
    "CONSTRAINT pk_city_signature PRIMARY KEY (id), CONSTRAINT uq_city_signature_agreement_id_amendment_id_seat "
    "UNIQUE (agreement_id, amendment_id, seat), CONSTRAINT fk_city_signature_agreement_id_agreement "
    "FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON DELETE CASCADE, "
    "CONSTRAINT fk_city_signature_amendment_id_amendment FOREIGN KEY(amendment_id) REFERENCES amendment (id) "
    "ON DELETE CASCADE)",
    "CREATE INDEX ix_city_signature_agreement_id ON city_signature (agreement_id)",
    "CREATE INDEX ix_city_signature_amendment_id ON city_signature (amendment_id)",
    # A version of a clause is all that the clause is. What was said of the clause holds for all its versions; what
    # was done to clauses before names columns that are gone, and is not undone any more.
    "ALTER TABLE clause_version ADD COLUMN kind VARCHAR(40)",
    "ALTER TABLE clause_version ADD COLUMN condition VARCHAR(40)",
    "ALTER TABLE clause_version ADD COLUMN is_obligatory BOOLEAN NOT NULL DEFAULT 0",
    "ALTER TABLE clause_version ADD COLUMN is_numbered BOOLEAN NOT NULL DEFAULT 1",
    "ALTER TABLE clause_version ADD COLUMN note VARCHAR",
    "ALTER TABLE clause_version ADD COLUMN standard_as_of DATE",
    "UPDATE clause_version SET kind = clause.kind, condition = clause.condition, is_obligatory = "
    "clause.is_obligatory, is_numbered = clause.is_numbered, note = clause.note FROM clause "
    "WHERE clause.id = clause_version.clause_id",
    "UPDATE clause_version SET standard_as_of = as_of FROM clause WHERE clause.id = clause_version.clause_id "
    "AND number = 1 AND as_of = '2026-11-24' AND substr(clause.\"key\", 1, 3) IN ('zv_', 'kv_')",
    "ALTER TABLE clause DROP COLUMN kind",
    "ALTER TABLE clause DROP COLUMN condition",
    "ALTER TABLE clause DROP COLUMN is_obligatory",
    "ALTER TABLE clause DROP COLUMN is_numbered",
    "ALTER TABLE clause DROP COLUMN note",
    "UPDATE command SET undoable = 0 WHERE id IN (SELECT command_id FROM change WHERE table_name IN ('clause', "
    "'clause_version'))",
    "UPDATE command SET state = 'discarded' WHERE state = 'undone' AND undoable = 0",
    # What was signed is kept beside the agreement; slips are mended by a correction with a reason.
    "CREATE TABLE signed_state (id INTEGER NOT NULL, agreement_id INTEGER NOT NULL, since DATE, at_signature "
    "BOOLEAN NOT NULL, content VARCHAR NOT NULL, CONSTRAINT pk_signed_state PRIMARY KEY (id), CONSTRAINT "
    "uq_signed_state_agreement_id UNIQUE (agreement_id), CONSTRAINT fk_signed_state_agreement_id_agreement "
    "FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON DELETE CASCADE)",
    "CREATE INDEX ix_signed_state_agreement_id ON signed_state (agreement_id)",
    "CREATE TABLE correction (id INTEGER NOT NULL, agreement_id INTEGER NOT NULL, day DATE NOT NULL, reason "
    "VARCHAR NOT NULL, changes VARCHAR NOT NULL, CONSTRAINT pk_correction PRIMARY KEY (id), CONSTRAINT "
    "fk_correction_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON DELETE CASCADE)",
    "CREATE INDEX ix_correction_agreement_id ON correction (agreement_id)",
    "ALTER TABLE paper ADD COLUMN withdrawn_because VARCHAR",
    "ALTER TABLE paper ADD COLUMN agreed VARCHAR",
    "ALTER TABLE attachment ADD COLUMN replaced_on DATE",
    "ALTER TABLE attachment ADD COLUMN replaced_because VARCHAR",
    # How long after a budget year an actor may take to prove how it used the money; so far the clause said so alone.
    "ALTER TABLE agreement ADD COLUMN proof_months INTEGER",
    "UPDATE agreement SET proof_months = 3",
    # What was done to a table that version 2 gave up cannot be taken back, nor block what was done before it.
    "UPDATE command SET undoable = 0 WHERE id IN"
    " (SELECT command_id FROM change WHERE table_name = 'order_assignment')",
)


def upgrade(connection: sqlite.Connection) -> None:
    """From version 3, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
    v0004_amendments.upgrade(connection)
