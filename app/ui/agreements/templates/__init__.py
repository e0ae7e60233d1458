"""Templates and the clause library that they are made of."""
