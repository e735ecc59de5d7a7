"""peerbot: a Telegram bot for intensive outpatient addiction programmes. docs/house.md is the map."""
