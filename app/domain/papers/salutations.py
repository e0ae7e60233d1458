"""How a person is addressed in a letter, from the form of address kept with the contact."""

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


def _line(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip()) + ","
