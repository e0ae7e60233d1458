"""The page "Was ist fällig": three columns of attention, the year, the tightest budgets."""
