"""C2: how a customer stands beside others, number by number."""

from evenhand.policy.demand.comparison import Basis, Comparison, Field, Peer, compare, median_of
from evenhand.policy.demand.tally import NO_HITS
from evenhand.policy.demand.terms import DemandTerms

TERMS = DemandTerms()
ONE, FOUR = (("repair", 1),), (("repair", 4),)
OWN = Peer("own", 11, NO_HITS, ONE)


def peers(number: int, first: int = 1) -> list[Peer]:
    """Each took a minute more than the one before, and every ninth showed the first kind once more."""
    return [Peer(f"p{n}", first + n, (n // 9, *NO_HITS[1:]), ONE) for n in range(number)]


def test_each_number_is_of_the_others_and_the_share_is_of_everybody() -> None:
    found = compare(OWN, 0, Field.of(peers(30), 500), TERMS)
    assert found == Comparison(
        basis=Basis.SAME, peers=30, median=15.5, rank=20, percentile=33.3, share=11 / 500, usual=3
    )


def test_whoever_is_among_them_is_left_out_once() -> None:
    among = compare(OWN, 0, Field.of([OWN, *peers(30)], 500), TERMS)
    assert among == compare(OWN, 0, Field.of(peers(30), 500), TERMS)


def test_beside_nobody_a_customer_has_no_rank_but_the_first() -> None:
    found = compare(OWN, 0, Field.of([], 0), TERMS)
    assert found == Comparison(basis=Basis.TOO_FEW, peers=0, median=0, rank=1, percentile=0, share=0, usual=0)


def test_enough_are_enough_others() -> None:
    enough = TERMS.demand_peers
    assert compare(OWN, 0, Field.of(peers(enough), 500), TERMS).basis is Basis.SAME
    assert compare(OWN, 0, Field.of([OWN, *peers(enough - 1)], 500), TERMS).basis is Basis.TOO_FEW
    assert compare(OWN, 0, Field.of([OWN, *peers(enough)], 500), TERMS).basis is Basis.SAME


def test_two_customers_with_different_matters_are_each_compared_with_their_like() -> None:
    field = Field.of(peers(40), 500)
    assert compare(OWN, 0, field, TERMS).basis is Basis.SAME
    other = compare(Peer("other", 11, NO_HITS, FOUR), 0, field, TERMS)
    assert other == Comparison(
        basis=Basis.FOR_EACH, peers=40, median=82, rank=39, percentile=5, share=11 / 500, usual=16
    )


def test_whoever_shows_the_kind_themselves_does_not_make_it_usual() -> None:
    least = TERMS.least_of_each[0]
    much = [Peer(f"m{n}", 900, (least, *NO_HITS[1:]), ONE) for n in range(5)]
    found = compare(OWN, 0, Field.of([*peers(30), *much], 500), TERMS)
    assert (found.peers, found.median, found.usual, found.rank) == (35, 15.5, 3, 25)


def test_the_median_is_the_middle_one_or_between_the_two_in_the_middle() -> None:
    assert [median_of(n) for n in ([], [1], [1, 2], [1, 2, 4], [1, 2, 4, 8], [1, 2, 4, 8, 16])] == [0, 1, 1.5, 2, 3, 4]


def alike(number: int, minutes: int, *had: tuple[str, int]) -> list[Peer]:
    return [Peer(f"{had}{n}", minutes, NO_HITS, had) for n in range(number)]


def test_whoever_shows_the_kind_is_not_taken_from_those_who_do_not() -> None:
    own = Peer("own", 11, (TERMS.least_of_each[0], *NO_HITS[1:]), ONE)
    found = compare(own, 0, Field.of([own, *peers(30)], 500), TERMS)
    assert (found.peers, found.median, found.usual) == (30, 15.5, 3)


def test_somebody_with_nothing_open_is_compared_with_those_who_had_nothing_open() -> None:
    field = Field.of([*alike(30, 5), *alike(40, 9, *ONE)], 500)
    found = compare(Peer("own", 11, NO_HITS, ()), 0, field, TERMS)
    assert (found.basis, found.peers, found.median) == (Basis.SAME, 30, 5)


def test_matter_for_matter_each_is_taken_as_if_they_had_as_many() -> None:
    two = compare(Peer("own", 11, NO_HITS, FOUR), 0, Field.of(alike(40, 9, ("repair", 2)), 500), TERMS)
    assert (two.basis, two.median) == (Basis.FOR_EACH, 18)
    other_kind = Field.of([*alike(20, 9, ("noise", 1)), *alike(20, 18, ("noise", 2))], 500)
    anyone = compare(Peer("own", 11, NO_HITS, FOUR), 0, other_kind, TERMS)
    assert (anyone.basis, anyone.median) == (Basis.ANYONE, 36)
