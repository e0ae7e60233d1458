"""The command line: every command of exchange.md, section 4, without a display."""

from app.cli.arguments import parse
from app.cli.run import run

__all__ = ["parse", "run"]
