"""People in the records: who is meant, where they may stand, what keeps them."""
