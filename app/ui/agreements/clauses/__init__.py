"""What agreements and templates share to write clauses: editor, placeholders, paper, differences."""
