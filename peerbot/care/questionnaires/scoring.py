"""What the answers add up to: subscales, bands, contradictions. What that means for care lives in care/risk."""

from collections.abc import Mapping
from dataclasses import dataclass

from peerbot.care.levels import Level
from peerbot.care.questionnaires.flow import Walk, holds, reach, walk
from peerbot.care.questionnaires.model import SKIPPED, Answers, Combine, Profile, Questionnaire, Subscale
from peerbot.care.questionnaires.points import turned, worth

NOBODY: Profile = {}


@dataclass(frozen=True, slots=True)
class Score:
    """`subscales` are None until every item is in; `at_least` is what the answers so far already come to.

    `bands` holds one band id for each subscale with a number and bands; `total` is the subscale the file names as such.
    `levels` says for each subscale the level of its band, as soon as no answer still to come could make it a lower one.
    """

    subscales: Mapping[str, int | None]
    at_least: Mapping[str, int]
    total: int | None
    bands: Mapping[str, str]
    inconsistencies: tuple[str, ...]
    levels: Mapping[str, Level]


def score(questionnaire: Questionnaire, answers: Answers, profile: Profile = NOBODY) -> Score:
    """Score what is there. Give the profile the questions were asked with: it decides what was passed over.

    A skipped answer is unknown, not a no: what it passed over has no number either.
    """
    path = walk(questionnaire, answers, profile)
    told = walk(questionnaire, {key: value for key, value in answers.items() if value != SKIPPED}, profile)
    subscales = {subscale.id: _points(told, subscale) for subscale in questionnaire.subscales}
    return Score(
        subscales=subscales,
        at_least={subscale.id: reach(path, subscale.id)[0] for subscale in questionnaire.subscales},
        total=subscales.get(questionnaire.total) if questionnaire.total else None,
        bands=_bands(questionnaire, subscales),
        inconsistencies=tuple(check.id for check in questionnaire.checks if holds(check.when, path)),
        levels={subscale.id: _level(path, subscale.id) for subscale in questionnaire.subscales},
    )


def _level(path: Walk, subscale: str) -> Level:
    fewest, most = reach(path, subscale)
    bands = [band for band in path.questionnaire.bands if band.subscale == subscale]
    return min((band.level for band in bands if band.low <= most and band.high >= fewest), default=Level.LOG)


def _points(path: Walk, subscale: Subscale) -> int | None:
    points: list[int] = []
    for question in path.questionnaire.questions:
        if question.id not in subscale.items:
            continue
        if path.asked[question.id] is False:
            worth_it = subscale.unasked
        else:
            worth_it = worth(question, path.known.get(question.id))
            if worth_it is not None and question.id in subscale.reversed:
                worth_it = turned(question, worth_it)
        if worth_it is None:
            return None
        points.append(worth_it)
    return sum(points) if subscale.combine is Combine.SUM else max(points)


def _bands(questionnaire: Questionnaire, subscales: Mapping[str, int | None]) -> dict[str, str]:
    found: dict[str, str] = {}
    for band in questionnaire.bands:
        points = subscales[band.subscale]
        if points is not None and band.low <= points <= band.high:
            found[band.subscale] = band.id
    return found
