"""One file for each subject; importing this package knows all tables."""

from db.models.actor import Actor, Contact
from db.models.agreement import Agreement, CitySignature, Goal, Paper, Party
from db.models.agreement_life import (
    Amendment,
    AmendmentGoal,
    AmendmentSignature,
    Correction,
    GoalReport,
    Instalment,
    Notice,
    SignedState,
    StageChange,
    YearlyTalk,
)
from db.models.attachment import Attachment
from db.models.base import Model
from db.models.board import Member
from db.models.booking import (
    AssignmentRule,
    Batch,
    Booking,
    ColumnProfile,
    FinanceExport,
    FinanceLayout,
)
from db.models.budget import Budget, Commitment, Transfer
from db.models.calendar import SentEvent
from db.models.checksum import Checksum
from db.models.city import CityDistrict, CityPart
from db.models.clause import (
    AgreementClause,
    AgreementDraft,
    Clause,
    ClauseComment,
    ClauseVersion,
    Template,
    TemplateClause,
    TemplateVersion,
)
from db.models.erasure import Erasure
from db.models.file_state import FileState
from db.models.grant import DrawDown, Grant, PlanItem
from db.models.history import Change, Command
from db.models.indicator import Indicator, IndicatorValue
from db.models.offer import BuildingBlock, Offer, OfferTargetGroup, TargetGroup
from db.models.office import DeadlineMark, Picture, Setting
from db.models.quarter import Quarter, QuarterCityPart

__all__ = [
    "Actor",
    "Agreement",
    "AgreementClause",
    "AgreementDraft",
    "Amendment",
    "AmendmentGoal",
    "AmendmentSignature",
    "AssignmentRule",
    "Attachment",
    "Batch",
    "Booking",
    "Budget",
    "BuildingBlock",
    "Change",
    "Checksum",
    "CityDistrict",
    "CityPart",
    "CitySignature",
    "Clause",
    "ClauseComment",
    "ClauseVersion",
    "ColumnProfile",
    "Command",
    "Commitment",
    "Contact",
    "Correction",
    "DeadlineMark",
    "DrawDown",
    "Erasure",
    "FileState",
    "FinanceExport",
    "FinanceLayout",
    "Goal",
    "GoalReport",
    "Grant",
    "Indicator",
    "IndicatorValue",
    "Instalment",
    "Member",
    "Model",
    "Notice",
    "Offer",
    "OfferTargetGroup",
    "Paper",
    "Party",
    "Picture",
    "PlanItem",
    "Quarter",
    "QuarterCityPart",
    "SentEvent",
    "Setting",
    "SignedState",
    "StageChange",
    "TargetGroup",
    "Template",
    "TemplateClause",
    "TemplateVersion",
    "Transfer",
    "YearlyTalk",
]
