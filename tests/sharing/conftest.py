"""People, homes, colleagues and cases to tell of."""

from tests.people.conftest import person
from tests.web.conftest import cast, home, landlord, story, tenant

__all__ = ["cast", "home", "landlord", "person", "story", "tenant"]
