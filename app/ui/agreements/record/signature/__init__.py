"""The tab of the signature: who signs, what was printed for it."""
