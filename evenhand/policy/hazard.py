"""Rule 9: what may hurt a visitor to a home whoever lives there. It belongs to the home, and is never a marker."""

from enum import StrEnum


class Hazard(StrEnum):
    """A kind of danger in or about a home. It says nothing of anyone's conduct, needs or health."""

    ANIMAL = "a dog or another animal"
    UNSAFE_PREMISES = "unsafe premises"
    ASBESTOS = "asbestos"
    ACCESS = "difficult access"
    CLUTTER = "blocked rooms or ways out"
    SURROUNDINGS = "unsafe surroundings"
    INFECTION = "sharps or infection"
    OTHER = "another hazard"

    @property
    def what_to_do(self) -> str:
        """The instruction that anyone who attends is given, contractors too."""
        return _WHAT_TO_DO[self]


_WHAT_TO_DO = {
    Hazard.ANIMAL: "Ask for the animal to be shut away before you go in.",
    Hazard.UNSAFE_PREMISES: "Check that it is safe before you go in, and leave if it is not.",
    Hazard.ASBESTOS: "Check the asbestos register before you disturb anything.",
    Hazard.ACCESS: "Find out how to get in, and out again, before you go.",
    Hazard.CLUTTER: "Make sure that you can get out again before you go in.",
    Hazard.SURROUNDINGS: "Look about you before you leave your vehicle, and do not go alone after dark.",
    Hazard.INFECTION: "Wear gloves and do not reach where you cannot see.",
    Hazard.OTHER: "Ask what it is before you go in.",
}
