"""The command line, a command a module; `roipool.commands.everything` puts them together.

What they make comes from the library, or from the app, which is imported once it is asked for: the
library stands alone.
"""
