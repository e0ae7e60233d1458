"""What users read: places that exist, one verb for making a thing, no programmers' words."""

import re
from collections.abc import Iterator

import pytest

from app.domain.agreements.agreements import Stage
from app.ui.kit.actions import KEY_WORDS
from tests.texts import APP, HELP, Text, in_code, in_files, labels

PLACES = r"(?:Seite|Seiten|Menü|Ansicht|Reiter|Knopf|Karte|Schritt|unter|Unter|mit|Mit|über|Über)"
NAMED = re.compile(rf"\b{PLACES} „([^“{{}}…]+)“")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
NO_PLACES = {
    "ersetzt", "Regeln anwenden", "Tatsächliche Größe",
}  # fmt: skip
"""Words that are quoted after such a word and are no places: parts of file names, words of other programs."""
EMPHASISED = {
    "einer Datei auf diesem Rechner", "angekommen", "eigene Arbeitsmappe", "Entscheiden.", "Kontrolle.",
    "Die erste Regel, die passt, entscheidet.", "Sicherung", "Probe", "Ohne Kennwort kann niemand die Datei lesen",
    "entfallen", "ungeklärt", "stimmt", "erklärt", "nicht zugeordnet",
}  # fmt: skip
"""What the help stresses and what is no place."""
MAKES = "anlegen"
"""The one verb for making a thing. Others mean something else: `aufnehmen` puts in what is there already (a partner, a
clause), `eintragen` and `erfassen` note what happened (a notice, a report), `einfügen` is for text and cells."""
OTHER_VERBS = re.compile(r"\b(hinzufügen|erstellen|erzeugen|hinzufügt|erzeugt)\b", re.IGNORECASE)
BARE_NEW = re.compile(
    r"^Neue[rs]? (Träger|Akteur|Kontakt|Quartier|Angebot|Vereinbarung|Klausel|Vorlage|Ziel|Budget|Regel|Datei …)$"
)
PROGRAMMERS = re.compile(
    r"\b(Datenbank\w*|Batch\w*|Hash\w*|SHA-?\d*|Tokens?|Cache\w*|Konvertier\w*|validier\w*|Validier\w*|Indizes|Prüfzahl"
    r"|Datensatz|Datensätze\w*|Snapshot\w*|Backup\w*|Thread\w*|Parser?|Encoding|Rollback\w*|Transaktion\w*|Schema"
    r"|lebende\w* Formel\w*|Mit und ohne|Bug|Feature\w*|Default\w*|Query|Commit\w*)\b"
)


def texts() -> Iterator[Text]:
    yield from in_code()
    yield from in_files()


def test_what_a_sentence_names_exists() -> None:
    known = labels() | {stage.word for stage in Stage} | NO_PLACES
    unknown = [
        f"{text.place}: „{name}“"
        for text in texts()
        for name in NAMED.findall(text.words)
        for part in re.split(" [–›] ", name)
        if part.removesuffix(" …") not in known
    ]
    assert unknown == []


def test_what_the_help_names_exists() -> None:
    whole = {text.words.removesuffix(" …") for text in in_code()}
    known = {words.casefold() for words in whole | EMPHASISED | {"Tab", "P", "F1", *KEY_WORDS.values()}}
    unknown = [
        part
        for name in BOLD.findall(HELP.read_text("utf-8").replace("\n", " "))
        for part in re.split(" [–›] ", name)
        if not set(part.removesuffix(" …").casefold().split("+")) <= known
        and len(part) > 1
        and part[-1] not in ":."  # the head of a paragraph
    ]
    assert unknown == []


def test_one_verb_makes_a_thing() -> None:
    assert [text for text in texts() if OTHER_VERBS.search(text.words)] == []
    assert [text for text in in_code(APP / "ui") if BARE_NEW.search(text.words)] == []


@pytest.mark.parametrize(
    "words", ["Vereinbarung anlegen", "Träger anlegen", "Klausel anlegen", "Datei anlegen"]
)
def test_main_actions_say_what_they_make(words: str) -> None:
    assert words in labels()
    assert words.endswith(MAKES)


def test_nobody_needs_to_be_a_programmer() -> None:
    found = [
        f"{text.place}: {match[0]}"
        for text in texts()
        if (match := PROGRAMMERS.search(text.words)) and re.search(r"[a-zäöü] |^[A-ZÄÖÜ]", text.words)
    ]
    assert found == []
