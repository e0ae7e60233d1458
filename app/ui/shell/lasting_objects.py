"""Keeps PySide6 6.12 from destroying None, True and False on Python before 3.12.

Every call into PySide6 6.12 that returns nothing, and every `emit`, gives back one reference too many to None,
True or False. Since Python 3.12 these live for ever, so nothing happens there; before, the process aborts after
some ten thousand calls ("none_dealloc"). Remove this when the pinned PySide6 no longer does so.
"""

import ctypes
import sys

IMMORTAL_SINCE = (3, 12)


def keep_alive() -> None:
    """Let these objects outlive any number of lost references, as Python itself does since 3.12."""
    if sys.version_info >= IMMORTAL_SINCE or hasattr(sys, "gettotalrefcount"):
        return  # not needed, or a debug build whose objects begin with other fields
    for lasting in (None, True, False, NotImplemented, Ellipsis):
        ctypes.c_ssize_t.from_address(id(lasting)).value += sys.maxsize // 4
