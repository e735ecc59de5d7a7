"""Sentence names; arrange, act, read; no mocks of our own code, no sleeping. See docs/house.md, Tests."""
