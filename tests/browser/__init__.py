"""What only a browser can show: the app as a person meets it."""
