"""The story to take away: an animation, slides, or one step as a picture.

matplotlib draws what the scenes say. It takes a while to load, so only what is asked for imports
it: nothing that the app needs to start imports this package.
"""
