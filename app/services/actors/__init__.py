"""Commands and questions: organisations active in the quarters, and their contacts."""
