"""Rules over a programme's own instruments: the band of a form names the level, so that no code is needed for one.

The questionnaires that ship name no levels; their rules stand in `forms` and `urges`.
"""

from peerbot.care.facts import Facts
from peerbot.care.levels import Level
from peerbot.care.risk.table import Fired, rule, without

SOURCE = "the programme's own instrument; its file says which band calls for whom"


def _form(**levels: Level) -> Facts:
    return Facts(questionnaire="our-own", levels=levels)


def _calls(facts: Facts, level: Level) -> Fired | None:
    if max(facts.levels.values(), default=Level.LOG) != level:
        return None
    return Fired({"form": facts.questionnaire}, (without("own-band"),))


@rule(
    "own-form-digest",
    Level.DIGEST,
    source=SOURCE,
    firing=(_form(total=Level.DIGEST),),
    silent=(_form(total=Level.LOG), _form(total=Level.URGENT), Facts(questionnaire="our-own")),
)
def own_form_digest(facts: Facts) -> Fired | None:
    """A band of a programme's own form that it wants looked at in the digest."""
    return _calls(facts, Level.DIGEST)


@rule(
    "own-form-same-day",
    Level.SAME_DAY,
    source=SOURCE,
    firing=(_form(total=Level.SAME_DAY, other=Level.LOG),),
    silent=(_form(total=Level.DIGEST), _form(total=Level.SAME_DAY, other=Level.URGENT)),
)
def own_form_same_day(facts: Facts) -> Fired | None:
    """A band of a programme's own form that calls for the counselor today."""
    return _calls(facts, Level.SAME_DAY)


@rule(
    "own-form-urgent",
    Level.URGENT,
    source=SOURCE,
    firing=(_form(total=Level.LOG, other=Level.URGENT),),
    silent=(_form(total=Level.SAME_DAY), Facts()),
)
def own_form_urgent(facts: Facts) -> Fired | None:
    """A band of a programme's own form that pages at any hour."""
    return _calls(facts, Level.URGENT)


@rule(
    "own-form-emergency",
    Level.EMERGENCY,
    source=SOURCE,
    firing=(_form(total=Level.EMERGENCY),),
    silent=(_form(total=Level.URGENT), Facts()),
)
def own_form_emergency(facts: Facts) -> Fired | None:
    """A band of a programme's own form that says somebody is in danger now."""
    return _calls(facts, Level.EMERGENCY)
