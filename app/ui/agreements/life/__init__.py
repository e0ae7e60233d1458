"""The life of an agreement after its signature: forms and dialogs for amendments, notices, talks, letters."""
