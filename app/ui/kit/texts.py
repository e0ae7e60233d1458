"""German words of the window that are not words of the domain (those are in app.domain.terms)."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """The text in the person's language; German is the language it is written in."""
    return QCoreApplication.translate("app", text)


def clock_time(moment: datetime) -> str:
    """ "12:04" """
    return moment.strftime("%H:%M")


def backup_age(taken_at: datetime | None, today: date) -> str:
    """How old the newest backup is, for the status bar."""
    if taken_at is None:
        return tr("Noch keine Sicherung")
    days = (today - taken_at.date()).days
    if days <= 0:
        return tr("Sicherung heute, {time}").format(time=clock_time(taken_at))
    if days == 1:
        return tr("Sicherung gestern")
    return tr("Sicherung vor {days} Tagen").format(days=days)
