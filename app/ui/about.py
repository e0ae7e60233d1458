"""Whose work is in the program, under which licence, with the texts to read; shown by "Über Quartiersbüro"."""

from html import escape

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QPlainTextEdit, QTextBrowser

from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.outside import open_address
from app.workflows.licences import Part, own_version, parts

TEXTS = "lizenz"
"""What the links to texts begin with, instead of "https"."""


class About(QTextBrowser):
    """Version, licence and credits. An address opens outside, a licence in a dialog of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.parts = parts()
        self.setHtml(about_html(self.parts))
        self.anchorClicked.connect(self._follow)

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == TEXTS:
            LicenceDialog(self.parts[int(link.path())], self).open()
        else:
            open_address(link.toString())


class LicenceDialog(Dialog):
    """The texts of one part, one below the other."""

    def __init__(self, part: Part, parent: About) -> None:
        super().__init__(parent.window(), part.title, part.licence, size=(720, 640))
        texts = (path.read_text("utf-8", "replace").strip() for path in part.texts)
        self.text = QPlainTextEdit("\n\n\n".join(texts))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(f"Lizenz von {part.title}")
        close = self.close_button("Schließen")
        close.setDefault(True)
        self.build(grow(self.text), foot=(STRETCH, close))


def about_html(shown: list[Part]) -> str:
    """Version, licence and a table of the parts."""
    number = own_version() or "aus dem Quellordner"
    table = "".join(_row(place, part) for place, part in enumerate(shown))
    return (
        "<p><b>Quartiersbüro</b> – das Programm des Büros „Alter im Quartier“: Quartiere, Vereinbarungen, "
        f"Budgets und Fristen, ohne Netz und in einer Datei.</p><p>Ausgabe: {escape(number)}<br>"
        f"Lizenz: {escape(shown[0].licence)}</p><h3>Womit es gebaut ist</h3>"
        "<p>Qt und Qt for Python werden unter der LGPL 3 verwendet; sie dürfen ausgetauscht werden. Wie das geht und "
        "wo ihr Quelltext liegt, steht bei ihrer Lizenz.</p>"
        f"<table cellpadding='3'>{table}</table>"
    )


def _row(place: int, part: Part) -> str:
    read = f'<a href="{TEXTS}:{place}">{escape(part.licence)}</a>' if part.texts else escape(part.licence)
    address = escape(part.address)
    cells = (escape(part.title), read, f'<a href="{address}">{address}</a>' if address else "")
    return "<tr>" + "".join(f'<td style="padding-right: 24px">{cell}</td>' for cell in cells) + "</tr>"
