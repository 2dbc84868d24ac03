"""Beads to show: a page of a textbook of our own, with what aligners get right and wrong."""

from __future__ import annotations

from amts_tui.workbench.types import Bead, BeadUnit, Item, ItemForm, ItemKind, Mark, Status

X = Item(1, ItemForm.SINGLE, ItemKind.MATH, r"$\mathbf{x}$")


def unit(key: str, text: str, *items: Item) -> BeadUnit:
    """A unit with a key of its own."""
    return BeadUnit(key, text, items)


def page() -> list[Bead]:
    """Eight beads: every status, a gap on each side, a 1:2 and a 2:1."""
    return [
        Bead("a", (unit("s0", "Gradient descent"),), (unit("t0", "梯度下降"),), 0.98, Status.CONFIRMED),
        Bead(
            "b",
            (
                unit(
                    "s1",
                    "We step against the gradient {1}, over and over, until the loss stops falling.",
                    X,
                ),
            ),
            (unit("t1", "我们沿着梯度{1}的反方向走一小步，如此反复，直到损失不再下降。", X),),
            0.93,
        ),
        Bead(
            "c",
            (unit("s2", "The step size is called the learning rate, and it is chosen by hand."),),
            (unit("t2", "步长称为学习率。"), unit("t3", "它由人来选择。")),
            0.71,
            Status.EDITED,
        ),
        Bead("d", (unit("s3", "Too small a rate wastes time."),), (), 0.2),
        Bead("e", (), (unit("t4", "译者注：这里的“损失”指训练损失（training loss）。"),), 0.3),
        Bead(
            "f",
            (unit("s4", "Too large a rate overshoots."), unit("s5", "Then the loss grows.")),
            (unit("t5", "学习率过大时会越过最小值，损失反而增大。"),),
            0.55,
            marks=frozenset({Mark.FLAG}),
        ),
        Bead("g", (unit("s6", "See the figure."),), (unit("t6", "见图。"),), 0.4, Status.EXCLUDED),
        Bead(
            "h",
            (unit("s7", "Exercises"),),
            (unit("t7", "练习"),),
            0.97,
            marks=frozenset({Mark.BOOKMARK}),
            note="check the heading",
        ),
    ]


def many(count: int) -> list[Bead]:
    """Beads with texts of different lengths; number `i` holds `Sentence i`."""
    return [
        Bead(
            f"n{i}",
            (unit(f"s{i}", f"Sentence {i} " + "of words " * (i * 7 % 23)),),
            (unit(f"t{i}", f"第{i}句" + "的字词" * (i * 5 % 17)),),
            0.9,
        )
        for i in range(count)
    ]
