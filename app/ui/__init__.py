"""The half that shows: everything that imports Qt."""

from app.ui.shell.lasting_objects import keep_alive

keep_alive()
