"""Reads one text and says what it tells: level, category, deciding words.

Patterns are handed in; nothing is loaded here and no text is kept.
"""

from peerbot.care.language.patterns import Kind, Pattern, Patterns, Who
from peerbot.care.language.reader import Reader
from peerbot.care.language.reading import Category, Reading

__all__ = ["Category", "Kind", "Pattern", "Patterns", "Reader", "Reading", "Who"]
