"""What the first characters of a line of Markdown can mean: to be matched up to the line's end, which `$`
stands for.
"""

from __future__ import annotations

import re

from amts_tui.books.words import word_set

_JSINFO_FENCES = "smart warn compare online offline quote summary"
# javascript.info has backticks in the titles of its fences.
_TITLED = "|".join(_JSINFO_FENCES.split())
FENCE = re.compile(rf"(?P<mark>`{{3,}}(?=[^`\n]*$|(?:{_TITLED})[ \t])|~{{3,}})[ \t]*(?P<info>[^\n]*)")
HEADING = re.compile(r"#{1,6}(?=[ \t]|$)[ \t]*")
HEADING_TAIL = re.compile(
    r"(?:[ \t]+#+)?(?:[ \t]*(?:\[\[[^\[\]\n]+\]\]|\[\#[^\[\]\n]+\]|\{[#.:][^{}\n]*\}))?[ \t]*$"
)
RULE = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
UNDERLINE = re.compile(r"(?:=+|-+)$")
ITEM = re.compile(r"(?P<mark>[*+-]|[0-9]{1,9}[.)])(?P<gap>[ \t]+|$)(?P<box>\[[ xX]\][ \t]+)?")
DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
LINK_DEFINITION = re.compile(
    r"\[(?!\^)[^\[\]\n]+\]:[ \t]*(?P<target><[^<>\n]*>|[^\s<]\S*)?"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$"
)
FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
CAPTION = re.compile(r":(?!:|[\w./\\-]+:)[ \t]*(?=\S)")

TAB = re.compile(r":(begin_tab|end_tab):[ \t]*(?:`([^`\n]*)`|([^\n]*))")
ATTRIBUTE = re.compile(r":(label|eqlabel|width|height|bibliography|bookfig):(?:`[^`\n]*`)?[ \t]*$")
DIVISION = re.compile(r"(?P<mark>:{3,})[ \t]*(?P<info>[^\n:](?:[^\n]*[^\n: \t])?|)[ \t:]*$")
# A name, to which Docusaurus and VitePress may add a title; what else opens a division has none.
DIVISION_NAME = re.compile(r"(?P<name>[\w.-]+)(?=[ \t\[{]|$)")
DIVISION_TITLE = re.compile(
    r"[ \t]*(?:\[(?P<bracketed>[^\[\]\n]*)\]|\{[^{}\n]*?\btitle=\"(?P<quoted>[^\"{}\n]*)\"|\{"
    r"|(?P<bare>[^\s\[{][^\n{]*))"
)
ADMONITION = re.compile(
    r"(?:(?:!!!|\?\?\?\+?)[ \t]+(?P<name>[\w-]*)[^\"\n]*(?:\"(?P<title>[^\n]*)\")?"
    r"|===[!+]?[ \t]+\"(?P<tab>[^\n]*)\")[ \t]*$"
)
SNIPPET = re.compile(r";?-{1,2}8<-{1,2}(?=[ \t]|$)")
# Lines of Hugo, Jekyll, kramdown, Pandoc and Svelte that hold no prose, not even between two shortcodes.
COMMAND = re.compile(
    r"(?:\{[ \t]*[#:/@.][^{}\n]*\}|(?:\{\{[<%](?:(?!\}\})[^\n])*\}\}[ \t]*)+"
    r"|(?:\{%(?:(?!%\})[^\n])*%\}[ \t]*)+)[ \t]*$"
)
KRAMDOWN_COMMENT = re.compile(r"\{::(?P<name>comment|nomarkdown)[ \t]*\}")
JSINFO_COMMAND = re.compile(
    r"\[(?P<name>cut|iframe|codetabs|html|edit|demo|pattern|recent|head|libs)\b[^\]\n]*\]"
    r"(?:\([^()\n]*\))?[ \t]*$"
)
ALERT = re.compile(r"\[!(?P<name>[\w-]+)(?:\|[^\[\]\n]*)?\][+-]?(?:[ \t]+(?P<title>[^\n]+))?[ \t]*$")
MYST_TARGET = re.compile(r"\([^\s()][^()\n]*\)=[ \t]*$")
MYST_BREAK = re.compile(r"\+\+\+(?:[ \t]*\{[^\n]*\}|[ \t]+\^\^\^[^\n]*)?[ \t]*$")
MYST_FIELD = re.compile(r":(?P<name>[A-Za-z][\w.-]*(?: [\w.-]+)*):(?:[ \t]+|$)")
MYST_OPTION = re.compile(r":(?:(?:alt|caption|title):[ \t]+(?P<prose>[^\n]+)|[\w-]+:(?:[ \t][^\n]*)?)$")
DIRECTIVE_INFO = re.compile(r"\{([\w][\w:.+-]*)\}[ \t]*")
DISPLAY_MATH = re.compile(r"(?:[\[(](?:\*\*|~~))?\$\$")
MATH_TAIL = re.compile(r"[ \t]*[.,;]?(?:\*\*|~~)[\])][.,;]?|[ \t]*[.,;。，；](?=[ \t]*$)")
# Behind a display formula; MyST puts its label there.
MYST_MATH_LABEL = re.compile(r"[ \t]*\([\w:.-]+\)(?=[ \t]*$)")

DOUBLE_DOLLAR = re.compile(r"(?<!\\)\$\$")
ATTRIBUTE_LIST = re.compile(r"[ \t]*\{[^{}\n]*\}")

RAW_TAG = re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
DECLARATION = re.compile(r"<(?:\?|![A-Za-z]|!\[CDATA\[)")
BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|audio|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    r"|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html"
    r"|iframe|legend|li|link|main|menu|menuitem|meta|nav|noframes|ol|optgroup|option|p|param|picture|search"
    r"|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul|video)"
    r"(?=[\s/>]|$)",
    re.IGNORECASE,
)
COMPONENT = re.compile(r"</?[A-Z][\w.]*(?=[\s/>]|$)")
LONE_TAG = re.compile(r"<(?:[A-Za-z][\w:.-]*(?:\s+[^<>\n]*)?/?|/[A-Za-z][\w:.-]*\s*)>[ \t]*$")

# Matched against the whole text, so `$` is the end of any line.
FRONT_MATTER = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*\r?\n(?=[ \t]*[\w\"'-]+[ \t]*[:=]|\#|\[)"
    r"(?:(?!(?P=mark)[ \t]*\r?$)[^\n]*\n)*?(?P=mark)[ \t]*\r?$",
    re.MULTILINE,
)
LIBRARIES = re.compile(r"libs:[ \t]*\r?\n(?:[ \t]+-[^\n]*\n)+(?:[ \t]*\r?\n)*---[ \t]*\r?$", re.MULTILINE)

JSINFO_FENCES = word_set(_JSINFO_FENCES)
D2LBOOK_FENCES = frozenset({"toc", "eval_rst"})
FENCE_TITLE = re.compile(r"header=(?:\"((?:\\.|[^\"\\\n])*)\"|'([^'\n]*)')")
