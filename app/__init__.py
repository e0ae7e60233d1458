"""Quartiersbüro: rules, services, files, paper, window and command line; the store is `db`."""
