"""Files for other people, asked for in the window."""
