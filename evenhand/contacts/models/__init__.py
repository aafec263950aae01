"""The tables of this floor, one file a concept."""

from evenhand.contacts.models.contact import Contact, ContactKey
from evenhand.contacts.models.demand import (
    Answered,
    Compared,
    MeasuredBy,
    Objected,
    OwnFailure,
    Suggested,
    ToMeasure,
)
from evenhand.contacts.models.matter import Matter
from evenhand.contacts.models.outside import CameLate, Outside, ToJudge, ToRead
from evenhand.contacts.models.put_right import PutRight, PutRightStep
from evenhand.contacts.models.total import ContactTotal
from evenhand.contacts.models.unmatched import Unmatched

__all__ = [
    "Answered",
    "CameLate",
    "Compared",
    "Contact",
    "ContactKey",
    "ContactTotal",
    "Matter",
    "MeasuredBy",
    "Objected",
    "Outside",
    "OwnFailure",
    "PutRight",
    "PutRightStep",
    "Suggested",
    "ToJudge",
    "ToMeasure",
    "ToRead",
    "Unmatched",
]
