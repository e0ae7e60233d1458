"""Commands and questions: which booking settles which commitment."""
