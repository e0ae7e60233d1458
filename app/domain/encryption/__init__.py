"""What a password must be, and the recovery key as people read and type it."""
