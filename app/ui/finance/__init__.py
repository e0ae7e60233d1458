"""The exchange with the finance department in the window: export, layouts, changes either way."""
