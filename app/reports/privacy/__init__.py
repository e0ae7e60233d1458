"""Papers about privacy: what is told to a person, the record of processing activities, the deletion concept."""
