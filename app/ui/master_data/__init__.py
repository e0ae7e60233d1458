"""The office's own lists on their way in: what would become of each row."""
