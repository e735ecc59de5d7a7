"""Use cases: async functions, session first, `now` given. They never commit and never send; rows do both later."""
