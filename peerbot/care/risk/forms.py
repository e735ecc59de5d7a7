"""Rules over the weekly and fortnightly forms: ASQ, PHQ-9, GAD-7, BAM-IOP. Sums count as soon as they are reached.

The questions about suicide compare with no threshold, so nothing can be tuned that would silence them.
"""

from peerbot.care.facts import Facts, Form
from peerbot.care.levels import Level
from peerbot.care.risk.table import Fired, above, below, rule, source, without

ASQ, PHQ, GAD, BAM = "asq", "phq-9", "gad-7", "bam-iop"


def _form(name: str, *, points: dict[str, int] | None = None, last: dict[str, int] | None = None, **sums: int) -> Facts:
    """An example: a complete form with these sums, after one with these a week ago."""
    reached = {key.replace("_", "-"): value for key, value in sums.items()}
    forms = () if last is None else (Form(7, last),)
    return Facts(questionnaire=name, points=points or {}, scores=reached, at_least=reached, forms=forms)


def _reached(facts: Facts, form: str, subscale: str, limit: int, fact: str) -> Fired | None:
    points = facts.at_least.get(subscale) if facts.questionnaire == form else None
    if points is None or points < limit:
        return None
    return Fired({"points": points}, (below(fact, limit),))


def _between(facts: Facts, form: str, low: int, high: int) -> Fired | None:
    """The complete sum lies from `low` to just below `high`."""
    points = facts.scores.get(form) if facts.questionnaire == form else None
    if points is None or not low <= points < high:
        return None
    return Fired({"points": points}, (below(form, low),))


def _point(facts: Facts, form: str, question: str) -> int | None:
    return facts.points.get(question) if facts.questionnaire == form else None


@rule(
    "asq-positive",
    Level.URGENT,
    source="issue 6: any yes; ASQ: a refusal counts as positive",
    firing=(_form(ASQ, screen=1, acute=0), Facts(questionnaire=ASQ, at_least={"screen": 2})),
    silent=(_form(ASQ, screen=0, acute=0), _form(PHQ, screen=1)),
)
def asq_positive(facts: Facts) -> Fired | None:
    """A yes, or no answer, to any of the four ASQ questions."""
    if facts.questionnaire != ASQ or facts.at_least.get("screen", 0) < 1:
        return None
    return Fired({}, (without("asq-yes"),))


@rule(
    "asq-acute",
    Level.EMERGENCY,
    source="issue 6: acuity yes; clinical reference, section 1",
    firing=(_form(ASQ, screen=2, acute=1),),
    silent=(_form(ASQ, screen=4, acute=0), _form(ASQ, screen=0)),
)
def asq_acute(facts: Facts) -> Fired | None:
    """A yes, or no answer, to the ASQ question about this moment."""
    if facts.questionnaire != ASQ or facts.at_least.get("acute", 0) < 1:
        return None
    return Fired({}, (without("asq-now"),))


@rule(
    "phq-item-9",
    Level.SAME_DAY,
    source=source("11"),
    firing=(_form(PHQ, points={"better-off-dead": 1}),),
    silent=(_form(PHQ, points={"better-off-dead": 0}), _form(PHQ, points={"better-off-dead": 2}), _form(PHQ)),
    cools=False,
)
def phq_item_9(facts: Facts) -> Fired | None:
    """PHQ-9 item 9: on several days."""
    return Fired({}, (without("item-9"),)) if _point(facts, PHQ, "better-off-dead") == 1 else None


@rule(
    "phq-item-9-often",
    Level.URGENT,
    source=source("11; issue 6: at any hour"),
    firing=(_form(PHQ, points={"better-off-dead": 2}), _form(PHQ, points={"better-off-dead": 3})),
    silent=(_form(PHQ, points={"better-off-dead": 1}), _form(GAD, points={"better-off-dead": 3})),
)
def phq_item_9_often(facts: Facts) -> Fired | None:
    """PHQ-9 item 9: on more than half of the days."""
    points = _point(facts, PHQ, "better-off-dead") or 0
    return Fired({"points": points}, (without("item-9"),)) if points >= 2 else None


@rule(
    "phq-high",
    Level.SAME_DAY,
    source=source("25"),
    firing=(_form(PHQ, phq_9=15), Facts(questionnaire=PHQ, at_least={"phq-9": 16})),
    silent=(_form(PHQ, phq_9=14), _form(GAD, phq_9=20)),
)
def phq_high(facts: Facts) -> Fired | None:
    """A PHQ-9 of 15 or more."""
    return _reached(facts, PHQ, "phq-9", facts.limits.phq_high, "phq-9")


@rule(
    "phq-moderate",
    Level.DIGEST,
    source=source("25"),
    firing=(_form(PHQ, phq_9=10), _form(PHQ, phq_9=14)),
    silent=(_form(PHQ, phq_9=9), _form(PHQ, phq_9=15), Facts(questionnaire=PHQ, at_least={"phq-9": 12})),
)
def phq_moderate(facts: Facts) -> Fired | None:
    """A PHQ-9 from 10 to 14."""
    return _between(facts, PHQ, facts.limits.phq_moderate, facts.limits.phq_high)


@rule(
    "phq-rise",
    Level.SAME_DAY,
    source=source("25: 5 or more above the last one"),
    firing=(_form(PHQ, phq_9=9, last={"phq-9": 4}),),
    silent=(_form(PHQ, phq_9=9, last={"phq-9": 5}), _form(PHQ, phq_9=14), _form(PHQ, phq_9=4, last={"phq-9": 9})),
)
def phq_rise(facts: Facts) -> Fired | None:
    """A PHQ-9 five or more above the one before."""
    points, last = facts.at_least.get("phq-9"), _last(facts, PHQ, "phq-9")
    if points is None or last is None or points < last + facts.limits.phq_rise:
        return None
    return Fired({"points": points, "last": last}, (below("phq-9", last + facts.limits.phq_rise),))


def _last(facts: Facts, form: str, subscale: str) -> int | None:
    """The subscale of the form before, when it had a number."""
    return facts.forms[0].scores.get(subscale) if facts.questionnaire == form and facts.forms else None


@rule(
    "gad-high",
    Level.SAME_DAY,
    source=source("25"),
    firing=(_form(GAD, gad_7=15),),
    silent=(_form(GAD, gad_7=14), _form(PHQ, gad_7=21)),
)
def gad_high(facts: Facts) -> Fired | None:
    """A GAD-7 of 15 or more."""
    return _reached(facts, GAD, "gad-7", facts.limits.gad_high, "gad-7")


@rule(
    "gad-moderate",
    Level.DIGEST,
    source=source("25"),
    firing=(_form(GAD, gad_7=10),),
    silent=(_form(GAD, gad_7=9), _form(GAD, gad_7=15)),
)
def gad_moderate(facts: Facts) -> Fired | None:
    """A GAD-7 from 10 to 14."""
    return _between(facts, GAD, facts.limits.gad_moderate, facts.limits.gad_high)


@rule(
    "bam-use",
    Level.SAME_DAY,
    source=source("22"),
    firing=(_form(BAM, use=1), Facts(questionnaire=BAM, at_least={"use": 3})),
    silent=(_form(BAM, use=0), _form(PHQ, use=2)),
)
def bam_use(facts: Facts) -> Fired | None:
    """BAM-IOP Use of 1 or more."""
    return _reached(facts, BAM, "use", facts.limits.bam_use, "bam-use")


@rule(
    "bam-risk",
    Level.SAME_DAY,
    source=source("22"),
    firing=(_form(BAM, risk=12),),
    silent=(_form(BAM, risk=11), _form(GAD, risk=20)),
)
def bam_risk(facts: Facts) -> Fired | None:
    """BAM-IOP Risk of 12 or more."""
    return _reached(facts, BAM, "risk", facts.limits.bam_risk, "bam-risk")


def _unprotected(facts: Facts) -> int | None:
    points = facts.scores.get("protective") if facts.questionnaire == BAM else None
    return points if points is not None and points <= facts.limits.bam_protective else None


@rule(
    "bam-protective",
    Level.DIGEST,
    source=source("23"),
    firing=(_form(BAM, protective=12),),
    silent=(_form(BAM, protective=13), Facts(questionnaire=BAM, at_least={"protective": 3})),
)
def bam_protective(facts: Facts) -> Fired | None:
    """BAM-IOP Protective of 12 or less."""
    points = _unprotected(facts)
    return (
        None if points is None else Fired({"points": points}, (above("bam-protective", facts.limits.bam_protective),))
    )


@rule(
    "bam-protective-lasting",
    Level.SAME_DAY,
    source=source("23: two weeks running"),
    firing=(_form(BAM, protective=12, last={"protective": 10}),),
    silent=(_form(BAM, protective=12, last={"protective": 13}), _form(BAM, protective=10)),
)
def bam_protective_lasting(facts: Facts) -> Fired | None:
    """BAM-IOP Protective of 12 or less this time and the time before."""
    points, last, limit = _unprotected(facts), _last(facts, BAM, "protective"), facts.limits.bam_protective
    if points is None or last is None or last > limit:
        return None
    return Fired({"points": points, "last": last}, (above("bam-protective", limit),))


@rule(
    "bam-extreme",
    Level.SAME_DAY,
    source=source("24"),
    firing=(
        _form(BAM, points={"craving": 4}),
        _form(BAM, points={"confidence": 0}),
    ),
    silent=(_form(BAM, points={"craving": 3, "confidence": 1}), Facts(questionnaire="daily", points={"craving": 4})),
)
def bam_extreme(facts: Facts) -> Fired | None:
    """BAM-IOP: extremely bothered by urges, or not confident at all."""
    urges, sure = _point(facts, BAM, "craving") == 4, _point(facts, BAM, "confidence") == 0
    if not urges and not sure:
        return None
    what = "both" if urges and sure else "urges" if urges else "confidence"
    return Fired({"what": what}, (without("bam-extreme"),))


@rule(
    "bam-worse",
    Level.DIGEST,
    source=source("24: Risk +4 or Protective -4 in a week"),
    firing=(
        _form(BAM, risk=9, protective=18, last={"risk": 5, "protective": 18}),
        _form(BAM, risk=5, protective=14, last={"risk": 5, "protective": 18}),
    ),
    silent=(
        _form(BAM, risk=8, protective=15, last={"risk": 5, "protective": 18}),
        _form(BAM, risk=11, protective=14),
    ),
)
def bam_worse(facts: Facts) -> Fired | None:
    """BAM-IOP Risk four higher, or Protective four lower, than the time before."""
    step, now = facts.limits.bam_change, facts.scores
    risk, protective = _last(facts, BAM, "risk"), _last(facts, BAM, "protective")
    if risk is not None and now.get("risk", -step) - risk >= step:
        return Fired({"what": "risk", "points": now["risk"], "last": risk}, (without("bam-change"),))
    if protective is not None and protective - now.get("protective", protective) >= step:
        said: dict[str, int | str] = {"what": "protective", "points": now["protective"], "last": protective}
        return Fired(said, (without("bam-change"),))
    return None


@rule(
    "bam-conflict",
    Level.DIGEST,
    source=source("20"),
    firing=(_form(BAM, points={"conflict": 3}), _form(BAM, points={"conflict": 4})),
    silent=(_form(BAM, points={"conflict": 2}), Facts(questionnaire="daily", points={"conflict": 4})),
)
def bam_conflict(facts: Facts) -> Fired | None:
    """BAM-IOP: considerably bothered by arguments."""
    points, limit = _point(facts, BAM, "conflict"), facts.limits.bam_conflict
    return (
        Fired({"points": points}, (below("bam-conflict", limit),)) if points is not None and points >= limit else None
    )
