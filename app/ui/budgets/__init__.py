"""The budget page: what each pot of money has left, and everything behind the figures."""
