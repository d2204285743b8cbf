"""The words of the domain, as values that never change."""

from .capacity import Block, Caption, Claimed, Quantity, Sheet
from .document import Document, Field, Line, Section
from .flow import Checkpoint, Coach, Flow, Mistake, Step
from .history import FileHistory, StepChange, Version
from .names import CoachMode, Entry, Kind, Level, LineKind, Measure, Severity, Since, Status, StepState, TopicState
from .portfolio import Portfolio, Thing, concepts_of
from .problem import Problem
from .progress import Evidence, Progress, StepProgress, total_progress
from .reference import Place, Reference
from .review import Finding, Review, Rule, Silenced, Strength, Told, WrittenReview
from .roadmap import Roadmap, Stage, Topic
from .work import Concept, Design, Note, Work

__all__ = [
    "Block",
    "Caption",
    "Checkpoint",
    "Claimed",
    "Coach",
    "CoachMode",
    "Concept",
    "Design",
    "Document",
    "Entry",
    "Evidence",
    "Field",
    "FileHistory",
    "Finding",
    "Flow",
    "Kind",
    "Level",
    "Line",
    "LineKind",
    "Measure",
    "Mistake",
    "Note",
    "Place",
    "Portfolio",
    "Problem",
    "Progress",
    "Quantity",
    "Reference",
    "Review",
    "Roadmap",
    "Rule",
    "Section",
    "Severity",
    "Sheet",
    "Silenced",
    "Since",
    "Stage",
    "Status",
    "Step",
    "StepChange",
    "StepProgress",
    "StepState",
    "Strength",
    "Thing",
    "Told",
    "Topic",
    "TopicState",
    "Version",
    "Work",
    "WrittenReview",
    "concepts_of",
    "total_progress",
]
