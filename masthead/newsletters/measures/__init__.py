"""How a newsletter does: who joins and leaves, what arrives, what is read. About nobody."""
