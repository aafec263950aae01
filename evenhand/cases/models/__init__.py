"""What is stored: the log of each case, what is read from it, its letters and its files."""

from evenhand.cases.models.letter import Letter, PrintBatch
from evenhand.cases.models.log import Case, Event, Facts, FormToken
from evenhand.cases.models.summary import Exhibit, LiveControl, Task

__all__ = ["Case", "Event", "Exhibit", "Facts", "FormToken", "Letter", "LiveControl", "PrintBatch", "Task"]
