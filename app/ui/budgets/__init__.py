"""The budget page: what each budget has left, and everything behind the figures."""
