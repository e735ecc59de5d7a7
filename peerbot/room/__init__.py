"""The training room: the real bot and a simulated Telegram, shown as phones in a browser, with a clock to turn.

Here: the room's own clock, its people, its weather, its ledger, the scenarios and the local web page. Not here:
Telegram itself (`simulator`), the bot (`app`), and what a scenario file may say (`content_files.scenarios`).
"""
