"""The tables of this floor, one file a concept."""

from evenhand.sharing.models.follower import Follower

__all__ = [
    "Follower",
]
