"""The command line: every command of exchange.md, section 4, without a display."""
