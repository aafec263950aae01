"""The tables of this floor, one file a concept."""

from evenhand.sharing.models.booking import Booking, Notice, VisitList
from evenhand.sharing.models.change import Change, Followed
from evenhand.sharing.models.disclosure import Disclosure, Recall
from evenhand.sharing.models.follower import Follower
from evenhand.sharing.models.key import KeptAnswer, Key, KeyMinute, KeyPerson, KeySecret
from evenhand.sharing.models.webhook import Delivery, Endpoint

__all__ = [
    "Booking",
    "Change",
    "Delivery",
    "Disclosure",
    "Endpoint",
    "Followed",
    "Follower",
    "KeptAnswer",
    "Key",
    "KeyMinute",
    "KeyPerson",
    "KeySecret",
    "Notice",
    "Recall",
    "VisitList",
]
