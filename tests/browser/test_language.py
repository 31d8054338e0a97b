"""In Chinese a page is Chinese throughout: the document, Streamlit's words, what is typed."""

import re

import pytest

from app.serving.navigation import HOME, PAGES
from app.text import Text, strings, title

from .part import expect
from .screen import Screen
from .stage_page import Stage

CHINESE = strings("zh")
CHINA = {"locale": "zh-CN"}
# Every text of a page and everything that is read out, in the figures too.
SAID = """() => {
  const said = [], spoken = ["aria-label", "title", "placeholder", "alt"];
  const aside = "style, script, noscript, textarea, pre, code, [data-testid=stIconMaterial]";
  const read = (root) => {
    const all = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let at = all.nextNode(); at; at = all.nextNode()) {
      if (at.nodeType === Node.TEXT_NODE) {
        if (!at.parentElement?.closest(aside)) said.push(at.data.trim());
        continue;
      }
      for (const name of spoken) said.push(at.getAttribute(name) ?? "");
      if (at.shadowRoot) read(at.shadowRoot);
    }
  };
  read(document.body);
  return said;
}"""
# What stays as it is in Chinese: names, signs and what is typed in programs and files.
NAMES = """
  English NumPy CuPy GPU CPU NVIDIA CUDA OpenCV Streamlit Python Theano TensorFlow Keras
  RoI RoIPool RoIAlign Pooling IoU mAP CNN Fast argmax px ms float32 float64 1e9
  x1 y1 x2 y2 PH PW batch_index spatial_scale aligned element channel roi
  article fast_rcnn deepsense paddle_gpu mmcv custom pooling
  chainer_roi_pooling_2d chainer_roi_max_pooling_2d
  Caffe torchvision ONNX Runtime MXNet Paddle Chainer KerasCV
  Enter Esc Tab Delete Shift Ctrl PNG SVG GIF JPEG BMP WebP CSV TSV JSON XML TXT NPY NPZ MB 5MB
  ZIP PPTX HTML SCORM
  COCO Pascal VOC LabelMe CVAT YOLO roipool cu py backends
  NASA Great Images CC0 Chelsea Stefan van der Walt Pikolo Espresso Bar Rachel Michetti
  SpaceX DSCOVR AMD EPYC deepsense ai
"""
WORD = re.compile(r"(?![0-9]+MB)\w*[A-Za-z]\w+", re.ASCII)


class Page(Screen):
    """Any page, with a stage on it or without."""

    def __init__(self, *of):
        super().__init__(*of)
        self.root = (
            self.part("stMainBlockContainer").locator("[data-testid=stElementContainer]").first
        )


def foreign(page):
    """The words of the page that are in no Chinese sentence, with the texts that they stand in."""
    # The article has its name.
    said = (text.replace(CHINESE["article.name"], "") for text in page.read(SAID))
    texts, known = set(said), set(NAMES.split())
    return {text for text in texts if not set(WORD.findall(text)) <= known}


def document(page):
    return page.read("() => [document.documentElement.lang, document.title]")


@pytest.mark.sampled(16)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_chinese_throughout(open_page, name):
    page = open_page("/" if name == HOME else f"/{name}", Page, **CHINA)
    assert document(page) == ["zh-Hans", title(name, Text("zh"))]
    assert foreign(page) == set()
    for button in range(page.locator("[data-testid=stPopover] button:visible").amount()):
        page.locator("[data-testid=stPopover] button:visible").nth(button).click()
        # Some are sent only when they are opened.
        expect(page.part("stPopoverBody")).to_be_visible()
        assert foreign(page) == set()
        page.press("Escape")
        expect(page.part("stPopoverBody")).to_be_hidden()


def test_document_and_words_follow_the_switch(open_page):
    page = open_page("/", Stage, **CHINA)
    rows = page.get_by_role("spinbutton", name=CHINESE["controls.output.rows"])
    rows.fill("99")
    rows.press("Enter")
    wrong = CHINESE["streamlit.number.between"].format(least=1, most=14)
    expect(page.part("stNumberInput").first).to_contain_text(wrong)
    page.get_by_role("radio", name="English").click()
    page.until(lambda: document(page), ["en", title("replay", Text("en"))])
    page.get_by_role("link", name=strings("en")["page.sizes"]).first.click()
    page.until(lambda: document(page), ["en", title("sizes", Text("en"))])
    page.get_by_role("radio", name="简体中文").click()
    page.until(lambda: document(page), ["zh-Hans", title("sizes", Text("zh"))])


def test_a_file_that_is_refused_is_refused_in_chinese(open_page):
    page = open_page("/playground", Stage, **CHINA)
    page.get_by_role("button", name=CHINESE["controls.boxes"], exact=True).click()
    large = {"name": "boxes.csv", "mimeType": "text/csv", "buffer": b"0" * 6_000_000}
    page.locator("[data-testid=stFileUploader] input").set_input_files(large)
    said = CHINESE["streamlit.upload.large"].format(size="5.0MB")
    expect(page.part("stFileUploader")).to_contain_text(said)
    assert {text for text in foreign(page) if "boxes.csv" not in text} == set()


def test_a_page_that_there_is_not_is_missing_in_chinese(open_page):
    page = open_page("/nowhere", Stage, **CHINA)
    expect(page.get_by_role("dialog")).to_contain_text(CHINESE["streamlit.missing"])
    expect(page.get_by_role("dialog")).to_contain_text(CHINESE["streamlit.missing.why"])
    assert foreign(page) == set()


def test_streamlit_s_fields_take_what_an_input_method_writes(open_page):
    page = open_page("/", Stage, **CHINA)
    rows = page.get_by_role("spinbutton", name=CHINESE["controls.output.rows"])

    def becomes(count, write, typed):
        rows.focus()
        page.press("Control+a")
        write(typed)
        page.press("Enter")
        page.until(lambda: len(page.output()), count)

    becomes(3, page.insert, "３")
    becomes(1, page.insert, "１。０")
    # What is composed is in the field before it is done.
    becomes(4, page.compose, "４。０")
    expect(rows).to_have_value("4")
    becomes(5, page.compose, "５")


def test_the_figures_fields_take_it_too(open_page):
    playground = open_page("/playground", Stage, **CHINA)
    playground.type_box(0, "x1", "１。０")
    playground.until(lambda: playground.boxes()[0][1], 1)
    playground.type_cell(0, 7, "－０。５")
    playground.until(lambda: playground.cell(0, 7), -0.5)
