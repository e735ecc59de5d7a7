"""What one answer is worth, and which values and points a question can give. Sums and bands live in scoring.py."""

from peerbot.care.questionnaires.model import SKIPPED, Kind, Question, Value


def worth(question: Question, value: Value | None) -> int | None:
    """The points of one answer; None for no answer, a skipped one, or one that carries no points."""
    if value is None or value == SKIPPED:
        return None
    if isinstance(value, int):
        if not question.bins:
            return value
        return next((bin_.score for bin_ in question.bins if bin_.low <= value <= bin_.high), None)
    chosen = value if isinstance(value, tuple) else (value,)
    scores = [option.score for option in question.options if option.id in chosen]
    if any(score is None for score in scores) or (not scores and not isinstance(value, tuple)):
        return None
    return sum(score for score in scores if score is not None)


def turned(question: Question, points: int) -> int:
    """The points of a reversed item: the highest become the lowest."""
    low, high = points_range(question)
    return low + high - points


def points_range(question: Question) -> tuple[int, int]:
    """The fewest and the most points an answer to this question can give; (0, 0) when it carries none."""
    if question.bins:
        scores = [bin_.score for bin_ in question.bins]
    elif question.kind in (Kind.SCALE, Kind.DAYS):
        scores = [question.low, question.high]
    else:
        scores = [option.score for option in question.options if option.score is not None]
    if not scores:
        return 0, 0
    if question.kind is Kind.SEVERAL:
        return sum(min(score, 0) for score in scores), sum(max(score, 0) for score in scores)
    return min(scores), max(scores)


def carries_points(question: Question) -> bool:
    """Whether every answer to this question is worth a number."""
    if question.kind in (Kind.SCALE, Kind.DAYS):
        return True
    return bool(question.options) and all(option.score is not None for option in question.options)
