"""How a person is addressed in a letter, from the form of address kept with the contact."""

import re

NEUTRAL = "Sehr geehrte Damen und Herren,"


def salutation(form: str | None, first_name: str, last_name: str) -> str:
    """ "Sehr geehrte Frau Dr. Öztürk,"; without "Frau" or "Herr" the whole name, without a name all of them."""
    words = (form or "").split()
    title = " ".join(words[1:])
    if words and last_name.strip():
        if words[0] == "Frau":
            return _line("Sehr geehrte Frau", title, last_name)
        if words[0] in ("Herr", "Herrn"):
            return _line("Sehr geehrter Herr", title, last_name)
    if not last_name.strip():
        return NEUTRAL
    return _line("Guten Tag", " ".join(words), first_name, last_name)


def address_name(form: str | None, first_name: str, last_name: str) -> str:
    """The line of the person in an address: "Herrn Dr. Mehmet Yıldız"."""
    words = (form or "").split()
    if words and words[0] == "Herr":
        words[0] = "Herrn"
    return " ".join(part.strip() for part in (*words, first_name, last_name) if part.strip())


def salutation_of(name: str) -> str:
    """The same from a whole name: "Herr Dr. Ali von Berg"; all of them where it names nobody or more than one."""
    parts = name.split()
    if not parts or parts[0] not in ("Frau", "Herr", "Herrn") or re.search(r",|/|&|\bund\b", name):
        return NEUTRAL
    titles = [part for part in parts[1:] if part.endswith(".")]
    names = [part for part in parts[1:] if not part.endswith(".")]
    small = next((at for at, part in enumerate(names) if part.islower()), len(names) - 1)
    return salutation(" ".join((parts[0], *titles)), "", " ".join(names[small:]))


def accusative(people: str) -> str:
    """ "Herrn Demirel", as it is said after "durch" and "von"; no other word of a name changes."""
    return re.sub(r"\bHerr\b", "Herrn", people)


def _line(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip()) + ","
