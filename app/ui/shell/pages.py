"""The table of pages: what the navigation lists, where each page is found, and what is changed there."""

from app.ui.shell.navigation import PageSpec

AGREEMENT_TABLES = frozenset(
    (
        "agreement", "agreement_clause", "agreement_draft", "amendment", "amendment_goal",
        "amendment_signature", "attachment", "city_signature", "clause", "clause_comment", "clause_version",
        "correction", "goal", "goal_report", "instalment", "notice", "paper", "party", "signed_state",
        "stage_change", "template", "template_clause", "template_version", "yearly_talk",
    )
)  # fmt: skip

PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        "overview",
        "Übersicht",
        "overview",
        "app.ui.overview.page:OverviewPage",
        "Ctrl+1",
        frozenset({"deadline_mark"}),
    ),
    PageSpec(
        "quarters",
        "Quartiere",
        "quarters",
        "app.ui.quarters.page:QuartersPage",
        "Ctrl+2",
        frozenset({"quarter", "quarter_city_part", "indicator_value"}),
    ),
    PageSpec(
        "actors",
        "Träger",
        "actors",
        "app.ui.actors.page:ActorsPage",
        "Ctrl+3",
        frozenset({"actor", "contact"}),
    ),
    PageSpec(
        "offers",
        "Angebote",
        "offers",
        "app.ui.offers.page:OffersPage",
        "Ctrl+4",
        frozenset({"offer", "offer_target_group"}),
    ),
    PageSpec(
        "agreements",
        "Vereinbarungen",
        "agreements",
        "app.ui.agreements.page:AgreementsPage",
        "Ctrl+5",
        AGREEMENT_TABLES,
    ),
    PageSpec(
        "budget",
        "Budget",
        "budget",
        "app.ui.budgets.page:BudgetPage",
        "Ctrl+6",
        frozenset({"budget", "booking", "commitment", "transfer", "assignment_rule"}),
    ),
    PageSpec(
        "grants",
        "Förderung",
        "grants",
        "app.ui.grants.page:GrantsPage",
        "Ctrl+7",
        frozenset({"grant", "plan_item", "draw_down"}),
    ),
    PageSpec(
        "imports", "Import", "imports", "app.ui.imports.page:ImportsPage", "Ctrl+8", frozenset({"batch"})
    ),
    PageSpec(
        "settings",
        "Einstellungen",
        "settings",
        "app.ui.settings.page:SettingsPage",
        "Ctrl+9",
        frozenset({"setting", "picture", "column_profile", "finance_layout"}),
        at_bottom=True,
    ),
)
