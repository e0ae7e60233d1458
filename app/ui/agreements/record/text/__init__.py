"""The tab of an agreement's text: its clauses, as they will be printed."""
