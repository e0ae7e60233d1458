"""Ways in which a declaration that counts on arrival is brought to its addressee (BGB 126, 130)."""

from enum import StrEnum

ARRIVAL = (
    "Es zählt der Tag, an dem das unterschriebene Original beim Partner ankommt, nicht der Tag der Absendung "
    "(§ 130 BGB); was nach den üblichen Postzeiten eingeworfen wird, gilt am nächsten Tag als zugegangen. E-Mail, "
    "Telefax oder Kopie genügen nicht (§ 126 BGB)."
)


class Delivery(StrEnum):
    """What stands above the address, in the order in which it is offered."""

    COURIER = "Per Bote"
    LETTER_BOX = "Einwurf-Einschreiben"
    RETURN_RECEIPT = "Einschreiben mit Rückschein"
    RECEIPT = "Gegen Empfangsbekenntnis"
    HANDED_OVER = "Persönlich übergeben"


EXPLAINED = {
    Delivery.COURIER: "Der sicherste Weg: Der Bote liest das Schreiben, steckt es selbst in den Umschlag, wirft es in "
    "den Briefkasten und notiert Tag und Uhrzeit. So kann er Inhalt und Zugang bezeugen.",
    Delivery.LETTER_BOX: "Zugegangen mit dem Einwurf. Einlieferungsbeleg aufheben und den Auslieferungsbeleg mit der "
    "Unterschrift der Zustellkraft anfordern: Der Sendungsstatus allein beweist den Zugang nicht.",
    Delivery.RETURN_RECEIPT: "Wird niemand angetroffen, geht das Schreiben erst mit der Abholung zu; der "
    "Benachrichtigungszettel ist noch kein Zugang. Nur mit viel Zeit bis zum letzten Tag.",
    Delivery.RECEIPT: "Die vertretungsberechtigte Person bestätigt auf einer Kopie mit Datum und Unterschrift, dass "
    "sie das Original erhalten hat. Sie muss dazu bereit sein.",
    Delivery.HANDED_OVER: "Zugegangen mit der Übergabe an die vertretungsberechtigte Person. Eine zweite Person "
    "mitnehmen, die Inhalt und Übergabe bezeugen kann.",
}
"""What to know of each; said beside the choice and never printed."""


def explained(chosen: str | None) -> str:
    """What to know of a way of delivery; empty for one that was typed freely."""
    return EXPLAINED.get(Delivery(chosen), "") if chosen in set(Delivery) else ""
