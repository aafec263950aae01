"""Homes beside the one of the stories."""

from evenhand.people.models import Home
from evenhand.people.text import address_to_search, compact


def home_at(address_line: str, uprn: str = "", postcode: str = "ZH1 1AA") -> Home:
    """A home of its own reference, in Zedham."""
    return Home.objects.create(
        source="housing",
        ref=f"S{Home.objects.count() + 1}",
        uprn=uprn,
        address_line=address_line,
        town="Zedham",
        postcode=postcode,
        search_address=address_to_search(address_line, "Zedham", postcode),
        search_postcode=compact(postcode),
    )
