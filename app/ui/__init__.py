"""The half that shows: everything that imports Qt."""

from app.ui.shell.singletons import keep_alive

keep_alive()
