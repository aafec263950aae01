"""mutmut, told to leave sentences alone: python -m tests.mutation.tool run --max-children 1"""

from collections.abc import Iterable

import libcst as cst
from mutmut.mutation import mutators


def words(node: cst.BaseString) -> Iterable[cst.BaseString]:
    """A name is changed once. A sentence, which has a space in it, is for people: no test holds its every letter."""
    if isinstance(node, cst.SimpleString) and len(node.quote) == 1 and " " not in node.value:
        yield node.with_changes(value=f"{node.prefix}{node.quote}XX{node.raw_value}XX{node.quote}")


def unlike_the_tools_own() -> None:
    for number, (kind, _) in enumerate(mutators.mutation_operators):
        if kind is cst.BaseString:
            mutators.mutation_operators[number] = (kind, words)


if __name__ == "__main__":
    unlike_the_tools_own()
    from mutmut.__main__ import cli

    cli()
