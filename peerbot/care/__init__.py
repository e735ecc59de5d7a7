"""The ground: pure rules about care. No I/O, no async, no clock, no logging; time and facts are arguments."""
