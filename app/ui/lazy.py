"""Classes named in tables of data, whose modules are imported when they are first wanted."""

from importlib import import_module
from typing import Any


def class_at(path: str) -> Any:
    """The class at "package.module:Name"."""
    module, name = path.split(":")
    return getattr(import_module(module), name)
