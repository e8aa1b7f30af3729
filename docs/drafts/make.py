"""Make the Word draft that the documentation checks: ``python docs/drafts/make.py`` writes ``yunling-2024.docx``.

The city is invented. Headings and items are numbered by Word, some words are in a table, and a few are wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1] / "tests"))

from docx_files import abstract, docx, num, numbering, para, run, table  # noqa: E402

LEVELS = abstract(1, ("chineseCounting", "%1、"), ("decimal", "%2."))
BLOCKS = [
    para("云岭市教育局2024年工作要点", properties='<w:jc w:val="center"/>'),
    "2024年，全市教育系统以办好人民满意的教育为目标，重点抓好以下工作。",
    para("扩大教育资源", (1, 0)),
    para("增加学位供给。新建、改扩建学校6所，新增学位20240个，XX县完成2所。", (1, 1)),
    para(
        run("改善办学条件。") + run("改造食堂12个，", "<w:b/>") + run("按照《云岭市学校安全条例落实校园安防。"), (1, 1)
    ),
    para("提升教师队伍", (1, 0)),
    para("培训骨干教师300人，教师交流比例达到115%。", (1, 1)),
    table(["单位", "任务", "时限"], ["规划科", "新建学校6所", "9月底前"], ["人事科", "教师交流。。", "全年"]),
    "云岭市教育局",
    "2024年2月18日",
]


def main() -> None:
    """Write the draft."""
    made = docx(*BLOCKS, parts={"numbering.xml": numbering(LEVELS, num(1, 1))})
    (FOLDER / "yunling-2024.docx").write_bytes(made)


if __name__ == "__main__":
    main()
