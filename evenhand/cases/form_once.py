"""The token of a form that changes no case: claimed with what the form does, so that a repeat does nothing more."""

from datetime import datetime

from django.db import IntegrityError, transaction

from evenhand.cases import models
from evenhand.people.models import User


def first_time(token: str, by: User, at: datetime) -> bool:
    """Claims a form's token. Out: whether the form was not answered before. Waits for an answer still under way."""
    try:
        with transaction.atomic():
            models.FormToken.objects.create(token=token, by=by.actor_id, at=at)
    except IntegrityError:
        return False
    return True


def was_answered(token: str, by: User) -> bool:
    """Whether this colleague has sent this form before, and it was saved."""
    return models.FormToken.objects.filter(token=token, by=by.actor_id).exists()
