"""The sentence on texts whose umlauts were broken or in two pieces and that were put right."""

import unicodedata
from collections.abc import Iterable

from app.domain.parsing import repair_text


def mended_notice(texts: Iterable[tuple[str, str | None]]) -> str | None:
    """A German sentence on those of these texts, as they stood and as they are taken, that had to be put right."""
    mended = {
        old.strip(): new
        for old, new in texts
        if new is not None
        and old.strip() != new
        and repair_text(old) != old  # not only cleaned of unseen signs
    }
    if not mended:
        return None
    broken, whole = next(
        ((old, new) for old, new in mended.items() if unicodedata.normalize("NFC", old) != new),
        next(iter(mended.items())),
    )
    looks_the_same = unicodedata.normalize("NFC", broken) == whole
    example = f"etwa „{whole}“" if looks_the_same else f"aus „{broken}“ wurde „{whole}“"
    if len(mended) == 1:
        return f"Ein Text mit falsch gespeicherten Umlauten wurde berichtigt: {example}."
    return f"{len(mended)} Texte mit falsch gespeicherten Umlauten wurden berichtigt: {example}."
