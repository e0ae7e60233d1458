"""Writing clauses, for agreements and templates alike: editor, placeholders, paper, differences."""
