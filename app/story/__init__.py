"""What is lit and said: scenes forward, the way back, notices. No Streamlit."""
