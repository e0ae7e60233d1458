"""The tab of an agreement's goals: how each stands, and the reports on it."""
