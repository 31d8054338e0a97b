"""The figures' code and style, each figure's in one text: for a server, a notebook, a file."""
