"""Offers on screen: the form and the list, used by the pages of quarters and actors."""
