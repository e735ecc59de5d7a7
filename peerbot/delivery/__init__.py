"""The mouth: what is to be said waits in the outbox, the pace decides what may go, the sender says it."""
