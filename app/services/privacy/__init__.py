"""Commands and questions: what is stored about a person, why it is kept, and forgetting it."""
