"""Commands and questions: money from the state with conditions."""
