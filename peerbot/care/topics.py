"""What a group talks about: the daily topic, the rules people accept on joining, and the first question for a newcomer.

Here: their one shape and the choice of the day's topic. Not here: the words (content/topics) and when they are posted.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peerbot.care.crisis import language

NOT_AGAIN_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class GroupText:
    """One topic, one group rule or one ice-breaker, in every language."""

    id: str
    text: Mapping[str, str]

    def says(self, locale: str) -> str:
        """The text in this language; English where the language is unknown."""
        return self.text.get(language(locale), self.text["en"])


def choose_topic(topics: Sequence[GroupText], recent: Mapping[str, date], on: date, salt: str) -> GroupText:
    """The topic of the day: not one of the last 30 days while others are left, then the one used longest ago.

    The same for the same inputs, so that a repeated tick posts the same topic; `salt` keeps groups apart. `recent` says
    when each was last used in this group; a topic already chosen for `on` itself is chosen again.
    """
    if already := [topic for topic in topics if recent.get(topic.id) == on]:
        return already[0]

    def lot(topic: GroupText) -> str:
        return hashlib.sha256(f"{salt}|{on}|{topic.id}".encode("utf-8", "replace")).hexdigest()

    fresh = [topic for topic in topics if topic.id not in recent or on - recent[topic.id] >= NOT_AGAIN_WITHIN]
    return min(fresh, key=lot) if fresh else min(topics, key=lambda topic: (recent[topic.id], lot(topic)))
