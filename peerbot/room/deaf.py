"""Content for furnishing a room: everything the bot says and asks, but no reader of words and no rules for posts.

Learning those takes the bot longer than the whole furnishing, and nothing that is said while a room is furnished needs
them: a test furnishes with both and compares. The bot that then runs has all of it.
"""

import re
from datetime import timedelta

from peerbot.app import Content
from peerbot.care.language import Reader
from peerbot.care.language.patterns import Patterns
from peerbot.care.moderation import Rulebook
from peerbot.content_files.crisis_lines import load_crisis_lines
from peerbot.content_files.questionnaires import load_questionnaires
from peerbot.content_files.tips import load_tips
from peerbot.content_files.topics import load_group_rules, load_ice_breakers, load_topics
from peerbot.texts import Texts

NOTHING = re.compile(r"(?!)")


def load_deaf_content() -> Content:
    """All content but what words are read and judged by."""
    rulebook = Rulebook((), NOTHING, NOTHING, frozenset(), frozenset(), flood_posts=1000, flood_within=timedelta(1))
    return Content(
        texts=Texts(),
        questionnaires=load_questionnaires(),
        crisis_lines=load_crisis_lines(),
        reader=Reader(Patterns((), {}, frozenset(), frozenset())),
        rulebook=rulebook,
        tips=load_tips(),
        topics=load_topics(),
        group_rules=load_group_rules(),
        ice_breakers=load_ice_breakers(),
    )
