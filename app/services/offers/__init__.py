"""Commands and questions: what an actor offers where, when and for whom."""
