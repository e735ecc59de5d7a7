"""Content for furnishing a room: everything the bot says and asks, but no reader of words and no rules for posts.

Learning those takes the bot longer than the whole furnishing, and nothing that is said while a room is furnished needs
them: a test furnishes with both and compares. The bot that then runs has all of it.
"""

import re
from datetime import timedelta

from peerbot.app import Content, content_with
from peerbot.care.language import Reader
from peerbot.care.language.patterns import Patterns
from peerbot.care.moderation import Rulebook

NOTHING = re.compile(r"(?!)")


def load_deaf_content() -> Content:
    """All content but what words are read and judged by."""
    rulebook = Rulebook((), NOTHING, NOTHING, frozenset(), frozenset(), flood_posts=1000, flood_within=timedelta(1))
    return content_with(Reader(Patterns((), {}, frozenset(), frozenset())), rulebook)
