"""Streamlit's command, with a line on standard output for each full collection of garbage."""

import gc
import sys


def spy(phase, info):
    if phase == "start" and info["generation"] == 2:
        print("collecting everything", flush=True)


if __name__ == "__main__":
    from streamlit.web.cli import main

    gc.callbacks.append(spy)
    sys.argv[0] = "streamlit"
    main()
