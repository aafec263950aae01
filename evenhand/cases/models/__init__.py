"""What is stored: the log of each case, what is read from it, its letters and its files."""

from evenhand.cases.models.acknowledgement import Acknowledgement
from evenhand.cases.models.answer import AnswerLetter
from evenhand.cases.models.disposal import DisposalItem, DisposalList
from evenhand.cases.models.head import Head, HeadMember, HeadTold
from evenhand.cases.models.letter import EarlierIssue, Letter, PrintBatch
from evenhand.cases.models.log import Case, Event, Facts, FormToken
from evenhand.cases.models.summary import Exhibit, LiveControl, Task

__all__ = [
    "Acknowledgement", "AnswerLetter", "Case", "DisposalItem", "DisposalList", "EarlierIssue", "Event", "Exhibit",
    "Facts", "FormToken", "Head", "HeadMember", "HeadTold", "Letter", "LiveControl", "PrintBatch", "Task",
]  # fmt: skip
