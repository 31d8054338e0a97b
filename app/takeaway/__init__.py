"""What is carried away and works without a server: an exercise, or lessons, as one HTML file."""
