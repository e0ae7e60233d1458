"""Commands and questions: plain functions whose first argument is a session."""
