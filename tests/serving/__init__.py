"""The server around the script: what it sends, and what it is held to wherever it is started."""
