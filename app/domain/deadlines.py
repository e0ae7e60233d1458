"""Deadlines: a date somebody must act by, with the rule behind it."""

from enum import StrEnum


class DeadlineKind(StrEnum):
    """Names are a promise to scripts (exchange.md, section 4)."""

    TERM_END = "term_end"
    NOTICE = "notice"
    GOAL = "goal"
    YEARLY_TALK = "yearly_talk"
    PROOF_OF_USE = "proof_of_use"
    INTERIM_PROOF = "interim_proof"
    ACTOR_PROOF = "actor_proof"
    PAYOUT_USE_BY = "payout_use_by"
    GRANT_END = "grant_end"
    GRANT_APPLICATION = "grant_application"
    RETENTION_END = "retention_end"
    MEETING_INVITATION = "meeting_invitation"
    SECOND_MEETING = "second_meeting"
    DECISION = "decision"
    OFFER_CONFIRMATION = "offer_confirmation"
    CONTACT_DELETION = "contact_deletion"
