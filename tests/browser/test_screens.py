"""Every page at every size that it is made for: whole, readable, and nothing in the way."""

import pytest

from .pages import ROOTS, SIZES, faults, kind, path, screen


@pytest.mark.sampled(16)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ROOTS)
def test_a_page_is_whole_at_every_size(open_page, name, size):
    page = open_page(path(name), kind(name), **screen(size))
    assert faults(page, size) == {}


@pytest.mark.sampled(24)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ROOTS)
def test_a_page_is_whole_in_chinese_too(open_page, name, size):
    page = open_page(path(name), kind(name), locale="zh-CN", **screen(size))
    assert faults(page, size) == {}
