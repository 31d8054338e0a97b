"""Turns the results of `roipool` into things to see."""
