"""What is on screen: the record, its edits, its undo, its link, its limits. No Streamlit."""
