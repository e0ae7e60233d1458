"""The pieces every page is made of: table, editors, widgets, forms, dialogs, look. Knows no subject."""
