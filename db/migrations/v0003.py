"""Version 3: agreements from first draft to last day: clauses, amendments, notices, instalments, reports, files."""

from db.driver import sqlite

STATEMENTS = (
    'CREATE TABLE clause (id INTEGER NOT NULL, "key" VARCHAR NOT NULL, kind VARCHAR(40), condition '
    "VARCHAR(40), is_obligatory BOOLEAN NOT NULL, is_numbered BOOLEAN NOT NULL, note VARCHAR, "
    'retired_on DATE, CONSTRAINT pk_clause PRIMARY KEY (id), CONSTRAINT uq_clause_key UNIQUE ("key"))',
    "CREATE TABLE template (id INTEGER NOT NULL, name VARCHAR NOT NULL, kind VARCHAR(40) NOT NULL, "
    "is_default BOOLEAN NOT NULL, note VARCHAR, retired_on DATE, CONSTRAINT pk_template PRIMARY KEY "
    "(id), CONSTRAINT uq_template_name UNIQUE (name))",
    "CREATE TABLE clause_version (id INTEGER NOT NULL, clause_id INTEGER NOT NULL, number INTEGER NOT "
    "NULL, as_of DATE NOT NULL, title VARCHAR NOT NULL, text VARCHAR NOT NULL, CONSTRAINT "
    "pk_clause_version PRIMARY KEY (id), CONSTRAINT uq_clause_version_clause_id_number UNIQUE "
    "(clause_id, number), CONSTRAINT fk_clause_version_clause_id_clause FOREIGN KEY(clause_id) "
    "REFERENCES clause (id) ON DELETE CASCADE)",
    "CREATE INDEX ix_clause_version_clause_id ON clause_version (clause_id)",
    "CREATE TABLE template_version (id INTEGER NOT NULL, template_id INTEGER NOT NULL, number INTEGER "
    "NOT NULL, as_of DATE NOT NULL, CONSTRAINT pk_template_version PRIMARY KEY (id), CONSTRAINT "
    "uq_template_version_template_id_number UNIQUE (template_id, number), CONSTRAINT "
    "fk_template_version_template_id_template FOREIGN KEY(template_id) REFERENCES template (id) ON "
    "DELETE CASCADE)",
    "CREATE INDEX ix_template_version_template_id ON template_version (template_id)",
    "CREATE TABLE template_clause (id INTEGER NOT NULL, template_version_id INTEGER NOT NULL, "
    "position INTEGER NOT NULL, clause_version_id INTEGER NOT NULL, CONSTRAINT pk_template_clause "
    "PRIMARY KEY (id), CONSTRAINT fk_template_clause_template_version_id_template_version FOREIGN "
    "KEY(template_version_id) REFERENCES template_version (id) ON DELETE CASCADE, CONSTRAINT "
    "fk_template_clause_clause_version_id_clause_version FOREIGN KEY(clause_version_id) REFERENCES "
    "clause_version (id) ON DELETE RESTRICT)",
    "CREATE INDEX ix_template_clause_clause_version_id ON template_clause (clause_version_id)",
    "CREATE INDEX ix_template_clause_template_version_id ON template_clause (template_version_id)",
    "CREATE TABLE agreement_clause (id INTEGER NOT NULL, agreement_id INTEGER NOT NULL, position "
    "INTEGER NOT NULL, clause_version_id INTEGER, title VARCHAR NOT NULL, text VARCHAR NOT NULL, "
    "is_included BOOLEAN NOT NULL, is_numbered BOOLEAN NOT NULL, CONSTRAINT pk_agreement_clause "
    "PRIMARY KEY (id), CONSTRAINT fk_agreement_clause_agreement_id_agreement FOREIGN "
    "KEY(agreement_id) REFERENCES agreement (id) ON DELETE CASCADE, CONSTRAINT "
    "fk_agreement_clause_clause_version_id_clause_version FOREIGN KEY(clause_version_id) REFERENCES "
    "clause_version (id) ON DELETE RESTRICT)",
    "CREATE INDEX ix_agreement_clause_agreement_id ON agreement_clause (agreement_id)",
    "CREATE INDEX ix_agreement_clause_clause_version_id ON agreement_clause (clause_version_id)",
    "CREATE TABLE agreement_draft (id INTEGER NOT NULL, agreement_id INTEGER NOT NULL, number INTEGER "
    "NOT NULL, made_at DATETIME NOT NULL, title VARCHAR, content VARCHAR NOT NULL, CONSTRAINT "
    "pk_agreement_draft PRIMARY KEY (id), CONSTRAINT uq_agreement_draft_agreement_id_number UNIQUE "
    "(agreement_id, number), CONSTRAINT fk_agreement_draft_agreement_id_agreement FOREIGN "
    "KEY(agreement_id) REFERENCES agreement (id) ON DELETE CASCADE)",
    "CREATE INDEX ix_agreement_draft_agreement_id ON agreement_draft (agreement_id)",
    "CREATE TABLE amendment (id INTEGER NOT NULL, agreement_id INTEGER NOT NULL, nr INTEGER NOT NULL, "
    "title VARCHAR NOT NULL, text VARCHAR, effective_from DATE, stage VARCHAR(40) NOT NULL, signed_on "
    'DATE, changes_term BOOLEAN NOT NULL, "end" DATE, minimum_until DATE, renewal_months INTEGER, '
    "notice INTEGER, notice_unit VARCHAR(40), notice_effect VARCHAR(40), changes_amount BOOLEAN NOT "
    "NULL, amount_cents BIGINT, replaced VARCHAR, "
    "city_signed_on DATE, city_signed_by VARCHAR, CONSTRAINT pk_amendment PRIMARY KEY (id), CONSTRAINT "
    "uq_amendment_agreement_id_nr UNIQUE (agreement_id, nr), CONSTRAINT "
    "fk_amendment_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON "
    "DELETE CASCADE)",
    "CREATE INDEX ix_amendment_agreement_id ON amendment (agreement_id)",
    "CREATE TABLE instalment (id INTEGER NOT NULL, agreement_id INTEGER NOT NULL, nr INTEGER NOT "
    "NULL, due DATE, amount_cents BIGINT NOT NULL, condition VARCHAR, CONSTRAINT pk_instalment "
    "PRIMARY KEY (id), CONSTRAINT uq_instalment_agreement_id_nr UNIQUE (agreement_id, nr), CONSTRAINT "
    "fk_instalment_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON "
    "DELETE CASCADE)",
    "CREATE INDEX ix_instalment_agreement_id ON instalment (agreement_id)",
    "CREATE TABLE stage_change (id INTEGER NOT NULL, agreement_id INTEGER NOT NULL, stage VARCHAR(40) "
    "NOT NULL, day DATE NOT NULL, who VARCHAR, note VARCHAR, CONSTRAINT pk_stage_change PRIMARY KEY "
    "(id), CONSTRAINT fk_stage_change_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES "
    "agreement (id) ON DELETE CASCADE)",
    "CREATE INDEX ix_stage_change_agreement_id ON stage_change (agreement_id)",
    "CREATE TABLE yearly_talk (id INTEGER NOT NULL, agreement_id INTEGER NOT NULL, day DATE NOT NULL, "
    "participants VARCHAR, result VARCHAR, CONSTRAINT pk_yearly_talk PRIMARY KEY (id), CONSTRAINT "
    "fk_yearly_talk_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON "
    "DELETE CASCADE)",
    "CREATE INDEX ix_yearly_talk_agreement_id ON yearly_talk (agreement_id)",
    "CREATE TABLE amendment_goal (id INTEGER NOT NULL, amendment_id INTEGER NOT NULL, nr VARCHAR NOT "
    "NULL, action VARCHAR(40) NOT NULL, title VARCHAR, building_block_id INTEGER, measure VARCHAR, "
    "indicator VARCHAR, target VARCHAR, due DATE, responsible VARCHAR, evidence VARCHAR, CONSTRAINT "
    "pk_amendment_goal PRIMARY KEY (id), CONSTRAINT uq_amendment_goal_amendment_id_nr UNIQUE "
    "(amendment_id, nr), CONSTRAINT fk_amendment_goal_amendment_id_amendment FOREIGN "
    "KEY(amendment_id) REFERENCES amendment (id) ON DELETE CASCADE, CONSTRAINT "
    "fk_amendment_goal_building_block_id_building_block FOREIGN KEY(building_block_id) REFERENCES "
    "building_block (id) ON DELETE RESTRICT)",
    "CREATE INDEX ix_amendment_goal_amendment_id ON amendment_goal (amendment_id)",
    "CREATE INDEX ix_amendment_goal_building_block_id ON amendment_goal (building_block_id)",
    "CREATE TABLE amendment_signature (id INTEGER NOT NULL, amendment_id INTEGER NOT NULL, party_id "
    "INTEGER NOT NULL, signed_on DATE NOT NULL, signed_by VARCHAR, CONSTRAINT pk_amendment_signature "
    "PRIMARY KEY (id), CONSTRAINT uq_amendment_signature_amendment_id_party_id UNIQUE (amendment_id, "
    "party_id), CONSTRAINT fk_amendment_signature_amendment_id_amendment FOREIGN KEY(amendment_id) "
    "REFERENCES amendment (id) ON DELETE CASCADE, CONSTRAINT fk_amendment_signature_party_id_party "
    "FOREIGN KEY(party_id) REFERENCES party (id) ON DELETE CASCADE)",
    "CREATE INDEX ix_amendment_signature_amendment_id ON amendment_signature (amendment_id)",
    "CREATE INDEX ix_amendment_signature_party_id ON amendment_signature (party_id)",
    "CREATE TABLE clause_comment (id INTEGER NOT NULL, agreement_clause_id INTEGER NOT NULL, day DATE "
    "NOT NULL, author VARCHAR, text VARCHAR NOT NULL, settled_on DATE, CONSTRAINT pk_clause_comment "
    "PRIMARY KEY (id), CONSTRAINT fk_clause_comment_agreement_clause_id_agreement_clause FOREIGN "
    "KEY(agreement_clause_id) REFERENCES agreement_clause (id) ON DELETE CASCADE)",
    "CREATE INDEX ix_clause_comment_agreement_clause_id ON clause_comment (agreement_clause_id)",
    "CREATE TABLE goal_report (id INTEGER NOT NULL, goal_id INTEGER NOT NULL, day DATE NOT NULL, "
    "state VARCHAR(40) NOT NULL, figure VARCHAR, text VARCHAR, author VARCHAR, CONSTRAINT "
    "pk_goal_report PRIMARY KEY (id), CONSTRAINT fk_goal_report_goal_id_goal FOREIGN KEY(goal_id) "
    "REFERENCES goal (id) ON DELETE CASCADE)",
    "CREATE INDEX ix_goal_report_goal_id ON goal_report (goal_id)",
    "CREATE TABLE notice (id INTEGER NOT NULL, agreement_id INTEGER NOT NULL, direction VARCHAR(40) "
    "NOT NULL, dated DATE, arrived_on DATE, ends_on DATE NOT NULL, is_extraordinary BOOLEAN NOT NULL, "
    "party_id INTEGER, note VARCHAR, CONSTRAINT pk_notice PRIMARY KEY (id), CONSTRAINT "
    "fk_notice_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON DELETE "
    "CASCADE, CONSTRAINT fk_notice_party_id_party FOREIGN KEY(party_id) REFERENCES party (id) ON "
    "DELETE SET NULL)",
    "CREATE INDEX ix_notice_agreement_id ON notice (agreement_id)",
    "CREATE INDEX ix_notice_party_id ON notice (party_id)",
    "CREATE TABLE attachment (id INTEGER NOT NULL, agreement_id INTEGER NOT NULL, party_id INTEGER, "
    "amendment_id INTEGER, goal_report_id INTEGER, file_name VARCHAR NOT NULL, media_type VARCHAR, "
    "size INTEGER NOT NULL, sha256 VARCHAR NOT NULL, added_at DATETIME NOT NULL, note VARCHAR, "
    "is_scan BOOLEAN NOT NULL, CONSTRAINT pk_attachment PRIMARY KEY (id), "
    "CONSTRAINT fk_attachment_agreement_id_agreement FOREIGN KEY(agreement_id) "
    "REFERENCES agreement (id) ON DELETE CASCADE, CONSTRAINT fk_attachment_party_id_party "
    "FOREIGN KEY(party_id) REFERENCES party (id) ON DELETE SET NULL, "
    "CONSTRAINT fk_attachment_amendment_id_amendment FOREIGN KEY(amendment_id) REFERENCES amendment "
    "(id) ON DELETE SET NULL, CONSTRAINT fk_attachment_goal_report_id_goal_report FOREIGN "
    "KEY(goal_report_id) REFERENCES goal_report (id) ON DELETE SET NULL)",
    "CREATE INDEX ix_attachment_agreement_id ON attachment (agreement_id)",
    "CREATE INDEX ix_attachment_amendment_id ON attachment (amendment_id)",
    "CREATE INDEX ix_attachment_goal_report_id ON attachment (goal_report_id)",
    "CREATE INDEX ix_attachment_party_id ON attachment (party_id)",
    "CREATE INDEX ix_attachment_sha256 ON attachment (sha256)",
    "ALTER TABLE agreement ADD COLUMN budget_id INTEGER CONSTRAINT fk_agreement_budget_id_budget "
    "REFERENCES budget (id) ON DELETE RESTRICT",
    "CREATE INDEX ix_agreement_budget_id ON agreement (budget_id)",
    "ALTER TABLE agreement ADD COLUMN decision VARCHAR",
    "ALTER TABLE agreement ADD COLUMN successor_id INTEGER CONSTRAINT "
    "fk_agreement_successor_id_agreement REFERENCES agreement (id) ON DELETE RESTRICT",
    "CREATE INDEX ix_agreement_successor_id ON agreement (successor_id)",
    "ALTER TABLE agreement ADD COLUMN template_version_id INTEGER CONSTRAINT "
    "fk_agreement_template_version_id_template_version REFERENCES template_version (id) ON DELETE "
    "RESTRICT",
    "CREATE INDEX ix_agreement_template_version_id ON agreement (template_version_id)",
    "ALTER TABLE agreement ADD COLUMN city_signed_on DATE",
    "ALTER TABLE agreement ADD COLUMN city_signed_by VARCHAR",
    "ALTER TABLE party ADD COLUMN signed_by VARCHAR",
    "ALTER TABLE goal ADD COLUMN target_value VARCHAR",
    "ALTER TABLE goal ADD COLUMN unit VARCHAR",
    "ALTER TABLE paper ADD COLUMN kind VARCHAR(40) NOT NULL DEFAULT 'agreement'",
    "ALTER TABLE paper ADD COLUMN amendment_id INTEGER CONSTRAINT fk_paper_amendment_id_amendment "
    "REFERENCES amendment (id) ON DELETE RESTRICT",
    "CREATE INDEX ix_paper_amendment_id ON paper (amendment_id)",
)


def upgrade(connection: sqlite.Connection) -> None:
    """From version 2, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
