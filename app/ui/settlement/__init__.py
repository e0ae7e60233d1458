"""Which booking settles which commitment, in the window: proposals, and settling by hand."""
