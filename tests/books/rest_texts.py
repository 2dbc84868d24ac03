"""Texts that look like reStructuredText, for property tests, and a small book with a block of every kind."""

from __future__ import annotations

from tests.books.properties import texts_of

BOOK = """\
:orphan:

.. _start:

========
 Sample
========

First steps
-----------

A first paragraph with ``code`` in it,
over *two* lines, see :ref:`this part <start>` or `that <https://e.org/a>`_::

    not prose

- An item
- Another one,
  wrapped

  1. A deeper one with |name|

     Its second paragraph.

Term : class
    What it is.

:param a: A number
:type a: int

-v, --verbose  Say more

| A line of verse,
| another one

    Quoted words
    over two lines.

    -- Somebody wise

.. note:: Take care
   of word_ and [1]_.

   More of it.

.. admonition:: A title

   Its body.

.. figure:: a.svg
   :alt: A drawing

   What it shows,
   at length.

.. versionadded:: 1.2
   Something new.

.. py:function:: run(a)

   Runs it.

.. code-block:: python
   :caption: How to run

   run(1)

.. glossary::

   cell
      Part of a table.

.. [1] The note itself.

.. |name| replace:: a name

.. a comment

======  ===========
Head    Second
======  ===========
Cell a  Longer text
        on two lines
Cell b  ``x``
======  ===========

+---+
| a |
+---+

>>> run(1)
2

The end
"""

_FRAGMENTS = (
    "===", "====", "----", "--", "=== ===", "+--+--+", "- ", "* ", "1. ", "a) ", "(i) ", "#. ", ":f: ",
    ":type a: ", "-a  ", "--opt=X  ", ">>> ", "| ", "|", ".. ", "..", ".. note:: ", ".. note::",
    ".. figure:: a.png", ".. math::", ".. glossary::", ".. only:: html", ".. admonition:: ",
    ".. versionadded:: 1 ", "   :alt: b", ".. _a: b", ".. [1] ", ".. |a| replace:: ", ".. |a| image:: b",
    "__ a", "::", "::\n\n", "-- ", "   ", "    ", "\t", "*", "**", "`", "``", ":ref:`a <b>`", ":math:`x`",
    "`a <b>`_", "`a`__", "a_", "[1]_", "|a|", "_`a`", "https://e.org/a_b).", "a@e.org", "\\", "\\ ", "\\*",
    "{1}", "{2>}", "{<2}", " : ", "word", "Two words. And more!", "文字。", "“引用”", " ", "\n", "\n", "\n",
    "\n\n", "\r\n", "\r", "\u2028", "\u00a0", "\u3000", "\u000b", "\ufeff", "\u0000",
)  # fmt: skip

rest_texts = texts_of(_FRAGMENTS)
