"""Quartiersbüro: everything but the store and the start."""
