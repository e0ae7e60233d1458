"""German words of the window that are not words of the domain (those are in app.domain.terms)."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from app.domain.dates import german


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
    if days < 0:  # a clock was ahead, or is behind now
        return tr("Sicherung vom {day}? Bitte die Uhr prüfen").format(day=german(taken_at.date()))
    if days == 0:
        return tr("Sicherung heute, {time}").format(time=clock_time(taken_at))
    if days == 1:
        return tr("Sicherung gestern")
    return tr("Sicherung vor {days} Tagen").format(days=days)


def second_place_age(taken_at: datetime | None, today: date) -> str:
    """How old the newest backup at the second place is, behind `backup_age`."""
    if taken_at is None:
        return tr("zweiter Ort: noch keine")
    days = (today - taken_at.date()).days
    if days < 0:
        return tr("zweiter Ort: vom {day}").format(day=german(taken_at.date()))
    words = {0: tr("zweiter Ort: heute"), 1: tr("zweiter Ort: gestern")}
    return words.get(days) or tr("zweiter Ort: vor {days} Tagen").format(days=days)
