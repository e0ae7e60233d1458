"""Papers about the encryption of the file."""
