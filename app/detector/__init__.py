"""Detector: a picture on its way through a small Fast R-CNN, and training it."""
