"""Rendering: (texts, locale, values) -> Outgoing. Pure; what is said and how it looks, never when or to whom."""
