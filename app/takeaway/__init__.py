"""What is carried away and works without a server: the exercise as one HTML file, and that as a course's package."""
