"""The half that shows: everything that imports Qt."""

from app.ui.singletons import keep_alive

keep_alive()
