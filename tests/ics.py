"""A strict reader of calendar files after RFC 5545, for the tests: it refuses what a lenient one puts up with."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

REQUIRED = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"}
ONCE = REQUIRED | {"DTEND", "DESCRIPTION", "LAST-MODIFIED"}
_LINE = re.compile(r'([A-Z][A-Z0-9-]*)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
_ESCAPES = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


@dataclass
class Part:
    """A component: the values of its properties by name, and the components in it."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    parts: list["Part"] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A text value without its escapes; refuses what should have been escaped."""
        raw = self.values[name]
        assert not re.search(r"(?<!\\)(\\\\)*[,;]", raw), f"{name} is not escaped: {raw}"
        return re.sub(r"\\.", lambda found: _ESCAPES[found.group()], raw)

    @property
    def day(self) -> date:
        """The day of an all-day event."""
        return datetime.strptime(self.values["DTSTART"], "%Y%m%d").date()


def read(content: bytes) -> Part:
    """The calendar of a file; AssertionError where it is not as the standard wants."""
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f\r\n]", b"".join(lines))
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two
    unfolded = b"\n".join(lines).replace(b"\n ", b"").decode("utf-8").split("\n")
    top = Part("")
    open_parts = [top]
    for line in unfolded:
        _take(open_parts, line)
    (calendar,) = top.parts
    assert open_parts == [top]
    assert (calendar.name, calendar.values["VERSION"]) == ("VCALENDAR", "2.0")
    for event in calendar.parts:
        _check(event)
    ids = [event.values["UID"] for event in calendar.parts]
    assert len(ids) == len(set(ids))
    return calendar


def _take(open_parts: list[Part], line: str) -> None:
    found = _LINE.fullmatch(line)
    assert found, f"not a line of a calendar: {line!r}"
    name, parameters, value = found.groups()
    if name == "BEGIN":
        part = Part(value)
        open_parts[-1].parts.append(part)
        open_parts.append(part)
    elif name == "END":
        assert open_parts.pop().name == value
    else:
        assert name not in open_parts[-1].values or name not in ONCE
        open_parts[-1].values[name] = value
        if name in ("DTSTART", "DTEND"):
            assert parameters == ";VALUE=DATE"


def _check(event: Part) -> None:
    assert event.name == "VEVENT"
    assert event.values.keys() >= REQUIRED
    assert re.fullmatch(r"\d{8}", event.values["DTSTART"])
    assert re.fullmatch(r"\d{8}T\d{6}Z", event.values["DTSTAMP"])
    assert event.values["STATUS"] in {"CONFIRMED", "CANCELLED"}
    assert len(event.parts) <= 1
    for alarm in event.parts:
        assert alarm.name == "VALARM"
        assert alarm.values.keys() >= {"ACTION", "TRIGGER", "DESCRIPTION"}
        assert re.fullmatch(r"-?P(\d+D)?(T\d+H)?", alarm.values["TRIGGER"])
