"""The command line: ``roipool`` or ``python -m roipool``."""

import sys

from roipool.commands.everything import main

if __name__ == "__main__":
    sys.exit(main())
