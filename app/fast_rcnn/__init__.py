"""A small Fast R-CNN around RoI pooling, from pictures to boxes, in NumPy or CuPy.

    picture -> backbone -> feature map -+-> RoI pooling -> head -> class scores, box refinement
       +----> selective search -> boxes +

Written to be read: `layers` (each with its gradient), `network`, `losses`, `targets`, `training`;
around them `pictures` (what it learns from), `proposals`, `boxes`, `evaluation`, `detect`.
"""
