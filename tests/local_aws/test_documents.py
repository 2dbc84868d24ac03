import html
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.local_aws import markers, sentences
from amts_tui.local_aws.documents import html_characters, looks_like_html, translate_html, translate_plain


class Upper:
    """Translates by capitals, and remembers what it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def translate(self, sentence: str, texts: Mapping[str, str]) -> str:
        self.seen.append(markers.PATTERN.sub(lambda match: f"[{texts[match.group()]}]", sentence))
        return sentence.upper()


class Same:
    def translate(self, sentence: str, texts: Mapping[str, str]) -> str:
        return sentence


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p id="a">one <b class=x>two</b></p>\n', '<p id="a">ONE <b class=x>TWO</b></p>\n'),
        ("<p>a &lt; b &amp; c</p>", "<p>A &lt; B &amp; C</p>"),
        ("<p>  one.\n\tTwo. </p>", "<p>  ONE.\n\tTWO. </p>"),
        (
            '<p>x <code translate="no">y <i>z</i></code> w</p>',
            '<p>X <code translate="no">y <i>z</i></code> W</p>',
        ),
        ("<p>x <img translate=no alt='a>b'> w</p>", "<p>X <img translate=no alt='a>b'> W</p>"),
        (
            "<div translate='no'>one <div>two</div> three</div><p>four</p>",
            "<div translate='no'>one <div>two</div> three</div><p>FOUR</p>",
        ),
        (
            "<!-- one --><script>two</script><style>three</style>",
            "<!-- one --><script>two</script><style>three</style>",
        ),
        ("<p>12 &nbsp; 3</p>", "<p>12 &nbsp; 3</p>"),
        ("<p>one<br/>two</p>", "<p>ONE<br/>TWO</p>"),
        ("<p>one <!-- stays --> two", "<p>ONE <!-- stays --> TWO"),
        ("no tags at all", "NO TAGS AT ALL"),
        ("<p data-translate='no'>one</p>", "<p data-translate='no'>ONE</p>"),
    ],
)
def test_only_text_is_translated(before: str, after: str) -> None:
    assert translate_html(before, "en", Upper()) == after


def test_sentences_are_translated_one_by_one_with_items_in_their_place() -> None:
    translator = Upper()
    translate_html(
        '<p>One <a href="#">two</a>. Three <span translate="no">f(x)</span>!</p>', "en", translator
    )
    assert translator.seen == ["One []two[].", "Three [f(x)]!"]


def test_lines_count_inside_pre_only() -> None:
    translator = Upper()
    translate_html("<p>one\ntwo</p><pre>three\nfour</pre>", "en", translator)
    assert translator.seen == ["one\ntwo", "three", "four"]


def test_characters_are_those_of_the_text() -> None:
    assert html_characters("<html>\n<body>\n<p>one &amp; two</p>\n\n<p><b>3</b></p></body></html>") == 10
    assert html_characters('<p>a <span translate="no">$x$</span></p>') == 5
    assert html_characters("<script>one</script><!-- two -->") == 0


def test_plain_text_is_not_html() -> None:
    assert not looks_like_html("a < b and c > d")
    assert looks_like_html("a <b>c</b>")
    assert translate_plain("a < b\n\n c.  D.\n", "en", Upper()) == "A < B\n\n C.  D.\n"


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<i translate=no>", "</i>", "<br>", "a", "B. ", "\n", "<"]
        )
    )
)
def test_a_translator_that_changes_nothing_changes_nothing(pieces: list[str]) -> None:
    page = "".join(pieces)
    assert html.unescape(translate_html(page, "en", Same())) == html.unescape(page)


@given(st.text(alphabet="aB .!?\n。“”'", max_size=40), st.sampled_from(["en", "zh", "es"]))
def test_sentences_join_to_the_text(text: str, language: str) -> None:
    assert "".join(sentences.split(text, language)) == text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two? Three!", 3),
        ("It is 3.5 e.g. in Fig. 2 of A. Smith.", 1),
        ("He said “no.” She left.", 2),
        ("one. two", 1),
        ("The answer is no. We go on.", 2),
        ("Vectors, matrices etc. Then sums.", 2),
        ("What is it? I know.", 2),
    ],
)
def test_sentences_end_where_they_should(text: str, count: int) -> None:
    assert len(sentences.split(text, "en")) == count


def test_chinese_sentences_need_no_space() -> None:
    assert sentences.split("一。二！“三？”四", "zh") == ["一。", "二！", "“三？”", "四"]


class Stops:
    """Writes the full stops of the other script."""

    def translate(self, sentence: str, texts: Mapping[str, str]) -> str:
        return sentence.translate(str.maketrans({".": "。", "。": "."}))


def test_white_space_between_sentences_follows_the_full_stop() -> None:
    page = '<p>One <b>two</b>. “Three.” <span translate="no">f(x)</span> is four. </p><p>Five (5) \n Six.</p>'
    translated = (
        '<p>One <b>two</b>。“Three。”<span translate="no">f(x)</span> is four。 </p><p>Five (5) \n Six。</p>'
    )
    assert translate_html(page, "en", Stops()) == translated
    assert translate_plain("一。二（三。）四", "zh", Stops()) == "一. 二（三.） 四"
    assert translate_plain("一。 二。", "zh", Same()) == "一。 二。"


def test_characters_that_look_like_markers_pass() -> None:
    page = f"<p>a {chr(markers.FIRST)} <b>c</b></p>"
    assert translate_html(page, "en", Upper()) == page.replace("a ", "A ").replace("c<", "C<")
