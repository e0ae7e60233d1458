"""Version 2: the exchange with finance: rules for assignment, layouts, reports of imports, settings of columns."""

from db.driver import sqlite

STATEMENTS = (
    "ALTER TABLE batch ADD COLUMN uncertain_count INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE batch ADD COLUMN report VARCHAR",
    "ALTER TABLE booking ADD COLUMN plan_item_id INTEGER"
    " CONSTRAINT fk_booking_plan_item_id_plan_item REFERENCES plan_item (id) ON DELETE RESTRICT",
    "CREATE INDEX ix_booking_plan_item_id ON booking (plan_item_id)",
    "ALTER TABLE column_profile ADD COLUMN settings VARCHAR NOT NULL DEFAULT '{}'",
    "ALTER TABLE finance_export ADD COLUMN layout VARCHAR",
    "ALTER TABLE finance_export ADD COLUMN content BLOB",
    "CREATE TABLE finance_layout (id INTEGER NOT NULL, name VARCHAR NOT NULL, file_name VARCHAR NOT NULL,"
    " sha256 VARCHAR NOT NULL, content BLOB NOT NULL, mapping VARCHAR NOT NULL,"
    " CONSTRAINT pk_finance_layout PRIMARY KEY (id), CONSTRAINT uq_finance_layout_name UNIQUE (name))",
    "CREATE TABLE assignment_rule (id INTEGER NOT NULL, position INTEGER NOT NULL, title VARCHAR,"
    " is_active BOOLEAN NOT NULL, year INTEGER, internal_order VARCHAR, cost_centre VARCHAR, account VARCHAR,"
    " text VARCHAR, amount_from_cents BIGINT, amount_to_cents BIGINT, budget_id INTEGER, plan_item_id INTEGER,"
    " CONSTRAINT pk_assignment_rule PRIMARY KEY (id),"
    " CONSTRAINT fk_assignment_rule_budget_id_budget FOREIGN KEY(budget_id) REFERENCES budget (id) ON DELETE CASCADE,"
    " CONSTRAINT fk_assignment_rule_plan_item_id_plan_item FOREIGN KEY(plan_item_id) REFERENCES plan_item (id)"
    " ON DELETE RESTRICT)",
    "CREATE INDEX ix_assignment_rule_budget_id ON assignment_rule (budget_id)",
    "CREATE INDEX ix_assignment_rule_plan_item_id ON assignment_rule (plan_item_id)",
    # "Always for this order" becomes the first kind of rule.
    "INSERT INTO assignment_rule (id, position, is_active, year, internal_order, budget_id)"
    " SELECT id, id, 1, year, internal_order, budget_id FROM order_assignment",
    "DROP TABLE order_assignment",
)


def upgrade(connection: sqlite.Connection) -> None:
    """From version 1, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
