"""How well what was typed fits what is held: whole words, beginnings, initials, names run together, one slip."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

EXACT, BEGUN, INITIAL, SLIP = 0, 1, 3, 4
SHORTEST_SLIP = 3


def fit(typed: Sequence[str], held: Sequence[str]) -> int | None:
    """How far the typed words are from the held ones: 0 is word for word; None if one has no fellow, or two have slips.

    Both are folded. Order does not matter; "pryce jones" fits "prycejones" and the other way about.
    """
    known = {*held, *_run_together(held, 2), *_run_together(held, 3)}
    fits = [
        cost for words in ways_to_part(typed) if (cost := _cost(words, known, len(words) == len(typed))) is not None
    ]
    return min(fits, default=None)


def _run_together(words: Sequence[str], many: int) -> Iterator[str]:
    """So many words that follow each other, as one, as the index has them; figures stay apart."""
    for at in range(len(words) - many + 1):
        run = words[at : at + many]
        if not any((one + other).isdecimal() for one, other in pairwise(run)):
            yield "".join(run)


def _cost(typed: Sequence[str], held: set[str], apart: bool) -> int | None:
    """An initial stands for one word of several, and never for words written together."""
    costs = []
    for word in typed:
        fits = (cost for other in held if (cost := of_words(word, other)) is not None)
        best = min((cost for cost in fits if cost != INITIAL or (apart and len(typed) > 1)), default=None)
        if best is None:
            return None
        costs.append(best)
    return sum(costs) if costs.count(SLIP) < 2 and costs.count(INITIAL) < 2 else None


def of_words(typed: str, held: str) -> int | None:
    """How far one word is from another; None if they are different words."""
    if typed == held:
        return EXACT
    if held.startswith(typed) and not typed.isdecimal():
        return BEGUN
    if len(held) == 1 and typed.startswith(held) and typed.isalpha():
        return INITIAL
    return SLIP if one_slip(typed, held) else None


def one_slip(typed: str, held: str) -> bool:
    """Whether one letter too many, too few, wrong, or two changed about, makes one of the other. Figures never slip."""
    shorter, longer = sorted((typed, held), key=len)
    if len(longer) < SHORTEST_SLIP or len(longer) - len(shorter) > 1 or _has_figure(typed) or _has_figure(held):
        return False
    same = 0
    while same < len(shorter) and shorter[same] == longer[same]:
        same += 1
    if len(shorter) < len(longer):
        return shorter[same:] == longer[same + 1 :]
    swapped = shorter[same : same + 2] == longer[same : same + 2][::-1]
    return shorter[same + 1 :] == longer[same + 1 :] or (swapped and shorter[same + 2 :] == longer[same + 2 :])


def _has_figure(word: str) -> bool:
    return any(map(str.isdecimal, word))


def ways_to_part(typed: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words as they are, and with each run written together: "o brien" may be "obrien". Figures stay apart."""
    yield tuple(typed)
    for begin in range(len(typed)):
        for end in range(begin + 2, len(typed) + 1):
            run = "".join(typed[begin:end])
            if not run.isdecimal():
                yield (*typed[:begin], run, *typed[end:])
