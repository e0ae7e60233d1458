"""Commands and questions: the areas the office works with."""
