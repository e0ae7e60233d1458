"""What window and command line do for a person: tell what is stored, forget it."""
