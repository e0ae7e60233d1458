"""Which copies of the file are kept, and which of their dates can be believed."""
