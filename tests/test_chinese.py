"""The Chinese strings: the field's own words, one for one thing, and Chinese marks and spaces."""

import re

import pytest

from app.text import Text, strings

SAID = strings("zh")
HAN = "[\u4e00-\u9fff]"
FULL = "[\u3001-\u301f\uff01-\uff60]"

# What is not said, and what is said for it.
BETTER = {
    r"RoI [Pp]ooling|(?<!（)感兴趣区域池化": "RoI 池化; in full once, RoI 池化（感兴趣区域池化）",
    r"RoI池化": "RoI 池化",
    r"图片|照片集": "图像",
    r"(?<!特征)(?<!插)图(?![像表标])": "图像 of a picture, 图表 of numbers, 插图 in the article",
    r"划分分区": "划分池化区域",
    r"候选框|提议框|建议框": "候选区域",
    r"舞台": "演示区",
    r"梯度阻断|阻断": "截断",
    r"边框修正": "边框回归",
    r"留出": "验证图像",
    r"训练图": "训练集",
    r"舍入到偶数": "逢半取偶（银行家舍入）",
    r"最小浮点数": "最负的浮点数",
    r"搜索的初": "比较的初值",
    r"梯度回传": "反向传播",
    r"置信度": "得分",
    r"单元|网格点": "格子",
    r"尺度": "比例",
    r"毫秒": "ms",
    r"快 ?\{\w+\} ?倍|能快": "加速比",
    r"\d 分 \d|\} 分 \{|[\dP}] 份|各份|除不尽": "57 格分成 7 个分区; 不能整除",
    r"\} ?[终起止](?![点于])": "分区 0 的终点, 分区 1 的起点; 止于, 起于",
    r"过不了|拿走|拖动框：": "colloquial: 截断, 归, a sentence of its own",
    r"(?<!候选区域)各过一遍": "每个候选区域各过一遍: who does is said",
    r"输入特征图": "特征图: with the verb it asks for one",
    r"原文自己的|算不出": "原文附带的实现, 不一致",
    r"您": "你",
    r"梯度下传|反传": "反向传播",
    r"\.\.\.(?!”)": "……",
    r"(?<!角)点[按选]|单击|点“|点(?:插图|顶栏|播放)": "点击",
}
# Sentences that quote a program's own signs.
PROGRAM = re.compile(r"`[^`]*`|“[\x00-\x7f]*”|[\w.]+\([^()\u4e00-\u9fff]*\)")


def words(key):
    return PROGRAM.sub("°", SAID[key])


@pytest.mark.parametrize("wrong", BETTER)
def test_one_word_for_one_thing(wrong):
    found = {key: said for key, said in SAID.items() if re.search(wrong, said)}
    assert found == {}, f"better: {BETTER[wrong]}"


def test_a_tap_is_named_where_it_is_touch_alone():
    tapped = {key for key, said in SAID.items() if "轻点" in said}
    told_apart = {key for key in tapped if "触屏" in SAID[key]}
    assert {key for key in tapped - told_apart if ".touch" not in key} == set()


def test_a_page_is_called_by_its_name_wherever_it_is_named():
    pages = {said for key, said in SAID.items() if re.fullmatch(r"page\.\w+", key)}
    before = {"原文示例", "约定对照", "分区大小", "练习课"}
    assert pages & before == set()
    led = [re.search("在(.*)中打开|顶栏的(“.*”)", said) for said in SAID.values()]
    named = {next(filter(None, one.groups())) for one in led if one}
    assert {name.strip("“”") for name in named} <= pages
    assert all(name.startswith("“") for name in named)


def test_a_section_is_called_so_but_in_the_titles_of_the_step():
    named = {key for key, said in SAID.items() if "池化区域" in said}
    assert named == {"story.sections.title", "stage.kind.sections", "exports.kind.sections"}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (f"{HAN}[,;:!?]|[,;:!?]{HAN}", "marks between Chinese are in full width"),
        (f"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}", "a space parts Latin from Chinese"),
        (f"{HAN} {HAN}", "no space stands between Chinese"),
        (f"{FULL} | {FULL}", "no space stands beside a mark in full width"),
        (rf"{HAN}\(|\){HAN}(?<!\)格)", "brackets around Chinese are in full width"),
        (r"（\{i\}", "places are written alike: (0, 1)"),
    ],
)
def test_marks_and_spaces_are_those_of_chinese(wrong, why):
    found = {key: words(key) for key in SAID if re.search(wrong, words(key))}
    assert found == {}, why


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        ("speed.peers.name", {"name": "roipool（NumPy）", "version": "2.4"}, "roipool（NumPy）2.4"),
        ("speed.peers.name", {"name": "torchvision", "version": "2.4"}, "torchvision 2.4"),
        ("identify.and_more", {"some": "Caffe", "count": 6}, "Caffe 及另外 6 种框架"),
        ("problem.file.length", {"wanted": "3", "size": " "}, None),
    ],
)
def test_no_space_stands_where_a_value_is_chinese(key, values, said):
    filled = Text("zh")(key, **values)
    assert said in (None, filled)
    # What people typed or called a file is left as it is.
    assert all(f"{value}" in filled for value in values.values())


def test_a_value_that_ends_in_chinese_joins_the_sentence():
    text = Text("zh")
    who = text("identify.and_more", some="Caffe", count=6)
    assert f"{who}的结果" in text("identify.explained.read", cells=4, who=who, reading="原样")
    assert "与 Caffe 的结果" in text("identify.explained.read", cells=4, who="Caffe", reading="")
