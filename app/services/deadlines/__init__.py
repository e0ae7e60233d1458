"""Commands and questions: dates somebody must act by, with the rule behind each."""
