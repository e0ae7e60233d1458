"""Commands and questions: money for a quarter or a purpose in a budget year."""
