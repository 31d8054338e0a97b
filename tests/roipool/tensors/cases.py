"""Boxes and conventions that tensors are pooled with."""

CONVENTIONS = ["article", "torchvision", "paddle_gpu", "mmcv", "chainer_roi_max_pooling_2d"]
BOXES = [[0, 1, 2, 9, 7], [1, 0, 0, 10, 8], [0, 4, 3, 6, 4], [1, 2.4, 1.6, 7.5, 6.2]]
