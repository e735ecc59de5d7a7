"""Rows and how they are kept: models, sealed columns, the engine, migrations. No rule and no text lives here."""
