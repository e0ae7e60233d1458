"""Commands and questions: the year at a glance."""
