"""Commands and questions: target and cooperation agreements, from the first draft to the last day."""
