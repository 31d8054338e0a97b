"""Lessons: the learner answers, and a mistake is found by computing what it would have answered."""
