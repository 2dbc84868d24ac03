from pathlib import Path

import pytest

from amts_tui.workbench import setup
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.inspecting import MachineText, history_of, machine_texts
from amts_tui.workbench.jobs import add_run
from amts_tui.workbench.session import Pipeline, Workbench
from amts_tui.workbench.types import Bead

SOURCE = "# Tides\n\nThe moon pulls. The sea follows.\n\nThe end.\n"
TARGET = "# 潮汐\n\n月球吸引。大海跟随。\n\n完。\n"
MACHINE = "# 潮\n\n月亮拉。海跟着。\n\n结束。那里。\n"


@pytest.fixture
def opened(tmp_path: Path) -> Workbench:
    for lang, text in (("en", SOURCE), ("zh", TARGET), ("mt", MACHINE)):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "tides.md").write_text(text, encoding="utf-8")
    setup.create(tmp_path / "p", ("en", tmp_path / "en"), {"zh": tmp_path / "zh"})
    workbench = Workbench.open(tmp_path / "p")
    pipeline = workbench.pipelines()[0]
    stored = workbench.workspace.put_document(pipeline.name, "tides.md", "tides.md", aligner="by hand")
    source, target = workbench.units(pipeline, stored)
    workbench.workspace.replace_beads(
        stored.id,
        [Bead(f"b{n}", (s,), (t,), 0.9) for n, (s, t) in enumerate(zip(source, target, strict=True))],
    )
    return workbench


def forward(workbench: Workbench) -> Pipeline:
    return workbench.pipelines()[0]


def test_a_bead_knows_what_was_done_to_it(opened: Workbench) -> None:
    with opened as workbench:
        editor = Editor(workbench, forward(workbench), "tides.md")
        editor.confirm(["b0"])
        editor.flag(["b1"])
        editor.merge("b1", "b2")
        editor.undo()
        beads = editor.beads
        actions = [
            [
                (event.action, event.undone)
                for event in history_of(workbench, editor.pipeline, "tides.md", bead)
            ]
            for bead in beads
        ]
        assert actions[0] == [("confirm b0", False)]
        assert actions[1] == [("merge b1 b2", True), ("flag b1", False)]
        assert actions[3] == []


def test_no_run_no_machine_text(opened: Workbench) -> None:
    with opened as workbench:
        assert machine_texts(workbench, forward(workbench), "tides.md") is None


def test_the_machine_text_of_a_sentence_or_else_of_its_segment(opened: Workbench, tmp_path: Path) -> None:
    with opened as workbench:
        pipeline = forward(workbench)
        add_run(workbench, "first", tmp_path / "mt", pipeline)
        texts = machine_texts(workbench, pipeline, "tides.md")
        assert texts is not None
        beads = workbench.beads(pipeline, "tides.md")
        assert [texts.of(bead) for bead in beads] == [
            MachineText("first", text) for text in ("潮", "月亮拉。", "海跟着。", "结束。 那里。")
        ]
        joined = Bead("j", beads[1].source + beads[2].source, ())
        assert texts.of(joined) == MachineText("first", "月亮拉。 海跟着。")
        assert texts.of(Bead("t", (), beads[0].target)) is None
        reverse = workbench.pipeline("zh", reverse=True)
        assert machine_texts(workbench, reverse, "tides.md") is None


def test_a_run_of_another_structure_says_nothing(opened: Workbench, tmp_path: Path) -> None:
    with opened as workbench:
        (tmp_path / "mt" / "tides.md").write_text("只有一段。\n", encoding="utf-8")
        add_run(workbench, "first", tmp_path / "mt", forward(workbench))
        texts = machine_texts(workbench, forward(workbench), "tides.md")
        assert texts is not None
        assert texts.of(workbench.beads(forward(workbench), "tides.md")[0]) is None
