"""The codes by which a register names what a person needs.

Plain Python, so that whoever has no database reads them too.
"""

from evenhand.policy.need import Need

NEEDS = {
    "interpreter": Need.INTERPRETER,
    "large_print": Need.LARGE_PRINT,
    "easy_read": Need.EASY_READ,
    "braille": Need.BRAILLE,
    "audio": Need.AUDIO,
    "bsl": Need.BSL,
    "deaf": Need.DEAF,
    "phone_not_writing": Need.FINDS_WRITING_HARD,
    "writing_not_phone": Need.FINDS_TELEPHONE_HARD,
    "advocate": Need.ADVOCATE,
}
