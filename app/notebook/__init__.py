"""The stage as a widget of a notebook. What imports it needs anywidget, and no Streamlit."""
