"""The half that shows: everything that imports Qt."""
