"""``python -m roipool.bench``: roipool and its peers, side by side, in one run.

Inputs (`cases`) go to whoever is installed (`peers`, and `cuda` on a card); all of them take turns
(`measure`), and what came out becomes a table or JSON (`report`).

It is a command, not a part of the library: nothing in `roipool` imports it, and it imports a peer
only when it is run.
"""
