"""What can be done for a person: tell what is stored, forget it."""
