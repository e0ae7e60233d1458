"""What goes to the finance department and comes back, in the window: export, layouts, changes either way."""
