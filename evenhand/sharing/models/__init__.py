"""The tables of this floor, one file a concept."""

from evenhand.sharing.models.follower import Follower
from evenhand.sharing.models.key import KeptAnswer, Key, KeyMinute, KeyPerson, KeySecret

__all__ = [
    "Follower",
    "KeptAnswer",
    "Key",
    "KeyMinute",
    "KeyPerson",
    "KeySecret",
]
