"""How the page is looked at: whether the answer is hidden, so that a room can be asked for it.

It is decided in the browser (assets/figures/common/looks.js), which hides what the figures show.
What is written round them must not tell it either.
"""

import streamlit as st

_HIDDEN = "looks.hidden"


def is_hidden() -> bool:
    """Whether what comes out is hidden; at first as the address says."""
    if _HIDDEN not in st.session_state:
        st.session_state[_HIDDEN] = st.query_params.get("hide") == "1"
    return bool(st.session_state[_HIDDEN])


def heard(sent: object) -> None:
    """What a figure says of it: whether it is hidden, and how often it has said so."""
    match sent:
        case [bool(hidden), *_]:
            st.session_state[_HIDDEN] = hidden
