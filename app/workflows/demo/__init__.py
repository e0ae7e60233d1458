"""The demo database: invented but lifelike data around a given day, always the same for the same day."""

from app.workflows.demo.build import build
from app.workflows.demo.finance_file import write_finance_file

__all__ = ["build", "write_finance_file"]
