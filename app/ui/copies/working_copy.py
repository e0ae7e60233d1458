"""Words for a file in a folder that others share, and for the two ways to work on it."""

from pathlib import Path

from db.database import Database
from db.file.places import is_on_network, synchronised_by

IN_COPY, DIRECTLY = "In einer Arbeitskopie arbeiten", "Direkt im Ordner arbeiten"


def shared_folder(path: Path) -> str:
    """What is special about the folder of a file, after "ein Ordner,"; empty: nothing."""
    if service := synchronised_by(path):
        return f"den {service} mit anderen Rechnern abgleicht"
    return "der auf einem anderen Rechner liegt" if is_on_network(path) else ""


def way_of_working(database: Database) -> str:
    """How the file is worked on; empty where there is no choice."""
    if database.copy is not None:
        return (
            "Gearbeitet wird in einer Kopie auf diesem Rechner; beim Schließen und alle zehn Minuten kommt der Stand "
            f"nach {database.original}."
        )
    where = shared_folder(database.original) if database.is_writer else ""
    return f"Die Datei liegt in einem Ordner, {where}, und wird direkt dort bearbeitet." if where else ""
