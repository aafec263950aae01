"""What nobody in good faith sends: for every question of every form."""

from typing import Any

MARKUP = "<xss onmouseover=alert(1)>'\"><script>alert(1)</script>{{7*7}}{%load%}${7*7}"
TYPST = '#panic("typst") #read("/etc/passwd") $x$ *b* _i_ @ref <label> `raw` \\ #[ ] #{ } // /* = Heading'
WORLD = "王小明 محمّد שָׁלוֹם Zo\u0301e\u0323\u0302 😀👩🏽‍🚒🇬🇧 नमस्ते ไทย \u202eevil\u202c Ł’O\u200bBrien"
HOSTILE: dict[str, str] = {
    "empty": "",
    "blank": " \t\n\u00a0\u2003",
    "long": "x" * 1_000_000,
    "null": "a\0b",
    "markup": MARKUP,
    "typst": TYPST,
    "world": WORLD,
    "marks alone": "\u0301" * 50 + "\u200d" * 50,
    "half a pair": "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace") + "\ufffe\uffff",
    "number": "999999999999999999999999999999",
    "negative": "-1",
    "not a number": "NaN",
    "year 1": "1/1/0001",
    "year 9999": "31/12/9999",
    "no such day": "31/2/2026",
    "path": "../../../etc/passwd\\..\\x",
    "sql": "'; DROP TABLE cases_event; --",
    "nobody": "colleague:0000000000000000",
    "list": "[]",
}
DAYS = {"year 1": ("1", "1", "1"), "year 9999": ("31", "12", "9999"), "no such day": ("31", "2", "2026")}


def sent(names: list[str], kind: str, honest: dict[str, Any]) -> dict[str, Any]:
    """A form in which every question is answered with the hostile value; what the page carries unseen stays honest."""
    value = HOSTILE[kind]
    told: dict[str, Any] = {}
    for name in names:
        told[name] = value
        for part, number in enumerate(DAYS.get(kind, (value,) * 3)):
            told[f"{name}_{part}"] = number
    return {**told, **honest}
