"""Commands and questions: what is printed, sent, attached and kept unchanged."""
