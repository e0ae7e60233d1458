"""Version 4: what is signed stays as signed: dated amendments, whole versions of clauses, calendar entries sent."""

import sqlite3

STATEMENTS: tuple[str, ...] = (
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
)


def upgrade(connection: sqlite3.Connection) -> None:
    """From version 3, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
