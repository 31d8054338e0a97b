"""Readers of a running server, without a browser: Streamlit's own messages over raw WebSockets."""
