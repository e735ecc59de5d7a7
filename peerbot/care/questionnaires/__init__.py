"""Questionnaires: what is asked next, what may be answered, what it adds up to. Pure; the questions are content."""

from peerbot.care.questionnaires.flow import (
    applicable,
    drop_unreachable,
    follow_ups,
    next_question,
    previous_question,
    progress,
)
from peerbot.care.questionnaires.model import (
    SKIPPED,
    Answers,
    Band,
    FollowUp,
    InvalidAnswer,
    Kind,
    Option,
    Profile,
    Question,
    Questionnaire,
    Subscale,
    Texts,
    Value,
    in_locale,
)
from peerbot.care.questionnaires.points import worth
from peerbot.care.questionnaires.scoring import Score, score
from peerbot.care.questionnaires.values import check_value
from peerbot.care.questionnaires.words import understand

__all__ = [
    "SKIPPED",
    "Answers",
    "Band",
    "FollowUp",
    "InvalidAnswer",
    "Kind",
    "Option",
    "Profile",
    "Question",
    "Questionnaire",
    "Score",
    "Subscale",
    "Texts",
    "Value",
    "applicable",
    "check_value",
    "drop_unreachable",
    "follow_ups",
    "in_locale",
    "next_question",
    "previous_question",
    "progress",
    "score",
    "understand",
    "worth",
]
