"""Reads a calendar from standard input with three parsers of others, and writes what each of them found as JSON.

With --check it ends at once, in error where a parser is missing.
"""

import json
import sys

import gi
import icalendar
import vobject

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

if "--check" in sys.argv:
    sys.exit()

raw = sys.stdin.buffer.read()
calendar = icalendar.Calendar.from_ical(raw)


def day(todo, name):
    return todo.decoded(name).isoformat() if name in todo else None


def of_icalendar(todo):
    rule = todo.get("RRULE")
    return {
        "errors": [str(error) for error in todo.errors],
        "summary": str(todo.get("SUMMARY", "")),
        "start": day(todo, "DTSTART"),
        "due": day(todo, "DUE"),
        "rule": None if rule is None else rule.to_ical().decode(),
        "alarms": [alarm.decoded("TRIGGER").isoformat() for alarm in todo.walk("VALARM")],
        "notes": str(todo.get("DESCRIPTION", "")),
    }


def of_vobject(todo):
    todo.validate(raiseException=True)
    # Parsed lazily: the rule set reads RRULE with DTSTART.
    dates = todo.rruleset
    return {
        "summary": todo.summary.value if "summary" in todo.contents else "",
        "dates": [] if dates is None else [date.date().isoformat() for date, _ in zip(dates, range(3))],
    }


def of_libical(text):
    root = ICalGLib.Component.new_from_string(text)
    # Both add an X-LIC-ERROR to what they find wrong.
    root.check_restrictions()
    written = root.as_ical_string().replace("\r\n ", "").split("\r\n")
    return [line for line in written if line.startswith("X-LIC-ERROR")]


print(
    json.dumps(
        {
            "icalendar": [of_icalendar(todo) for todo in calendar.walk("VTODO")],
            "vobject": [of_vobject(todo) for todo in vobject.readOne(raw.decode()).vtodo_list],
            "libical": of_libical(raw.decode()),
            "longest": max(len(line) for line in raw.split(b"\r\n")),
        }
    )
)
