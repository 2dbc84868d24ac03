"""Word documents for tests, made by hand: the XML that Word and others write, in a zip archive."""

from __future__ import annotations

import io
import re
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="wp14"  xmlns:wp14="urn:wp14"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
RELATIONS = (
    f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
STYLES = f"""{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="Chapter part"/><w:pPr>
<w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2b"><w:name w:val="Mine"/><w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="L"/><w:basedOn w:val="Pool"/></w:style>
<w:style w:type="paragraph" w:styleId="Pool"><w:name w:val="P"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Intense Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Src"><w:name w:val="Source Code"/></w:style>
<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/>
<w:numId w:val="4"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Link"><w:name w:val="Hyperlink"/></w:style>
<w:style w:type="character" w:styleId="VC"><w:name w:val="Verbatim Char"/></w:style>
</w:styles>"""


def t(text: str) -> str:
    """A text of a run."""
    return f'<w:t xml:space="preserve">{text}</w:t>'


def r(text: str, properties: str = "", rsid: str = "") -> str:
    """A run; what is no element becomes its text."""
    own = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    attribute = f' w:rsidR="{rsid}"' if rsid else ""
    content = text if text.startswith("<") else t(text)
    return f"<w:r{attribute}>{own}{content}</w:r>"


def p(content: str, properties: str = "") -> str:
    """A paragraph."""
    own = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p w14:paraId="0A" xmlns:w14="urn:w14">{own}{content}</w:p>'


def style(name: str) -> str:
    """The property that names a style."""
    return f'<w:pStyle w:val="{name}"/>'


B = "<w:b/><w:bCs/>"
IT = "<w:i/>"
BOLD_OFF = '<w:b w:val="0"/>'
SUB = '<w:vertAlign w:val="subscript"/>'
CODE = '<w:rStyle w:val="VC"/>'
LANG = '<w:lang w:val="en-US"/>'
RED = '<w:color w:val="FF0000"/>'
MATH = "<m:oMath><m:r><m:t>E</m:t></m:r><m:r><m:t>=m&lt;2</m:t></m:r></m:oMath>"
NOTE = '<w:footnoteReference w:id="2"/>'
PICTURE = '<w:drawing><wp:inline><wp:docPr id="1" name="P"/></wp:inline></w:drawing>'
BOOKMARK = '<w:bookmarkStart w:id="0" w:name="_Toc1"/>'
BOOKMARK_END = '<w:bookmarkEnd w:id="0"/>'


def field(instruction: str, result: str) -> str:
    """A field as Word writes it, over several runs."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    instruct = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return begin + instruct + separate + result + end


def box(text: str, fallback: str | None = None) -> str:
    """A text box as Word writes it: once for itself, once for older programs."""
    inner = f"<w:txbxContent>{text}</w:txbxContent>"
    old = f"<w:txbxContent>{text if fallback is None else fallback}</w:txbxContent>"
    return (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:docPr id="9" name="Box"/>'
        f"<wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{old}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )


BODY = "\n".join(
    [
        p(BOOKMARK + r("The title") + BOOKMARK_END, style("berschrift1")),
        p(
            r("A ", rsid="00A1") + '<w:proofErr w:type="spellStart"/>' + r("fir", LANG, "00B2")
            + r("st", "<w:noProof/>") + '<w:proofErr w:type="spellEnd"/>' + r(" paragraph with ")
            + r("bold", B) + r(" and ") + r("both", B + IT) + r(" and ") + r("red", RED)
            + r(" words, H") + r("2", SUB) + r("O.")
        ),
        p(r("All of it is large and ", '<w:sz w:val="30"/>') + r("bold here", f'{B}<w:sz w:val="30"/>')),
        p(r("Its formula ") + MATH + r(" has a note") + r(NOTE) + r(", see ")
          + field("REF _Ref1 \\h", r("Figure 3")) + r(".")),
        p(r("A ") + '<w:hyperlink r:id="rId5">' + r("link", '<w:rStyle w:val="Link"/>')
          + "</w:hyperlink>" + r(" and ") + field('HYPERLINK "http://e.org"', r("another")) + r(".")),
        p(r("An item"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        p(r("A deeper item"), style("LB")),
        p(r("No item"), style("LB") + '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        p(r("A part"), style("H2b")),
        "<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/>" + p(r("A cell")) + "</w:tc><w:tc>" + p("")
        + "<w:tbl><w:tr><w:tc>" + p(r("An inner cell")) + "</w:tc></w:tr></w:tbl>" + p(r("12.5"))
        + "</w:tc></w:tr></w:tbl>",
        p(r(PICTURE)),
        p(r("Figure ") + '<w:fldSimple w:instr=" SEQ Figure "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
          + r(": What it shows"), style("Cap")),
        p(r("To be quoted"), style("Q")),
        p(r("print(1)"), style("Src")),
        p(r("Call ") + r("f(x", CODE) + r(" &lt; 1)", CODE) + r(" now.")),
        p(r("He ") + '<w:ins w:id="3" w:author="A">' + r("really ") + '</w:ins><w:del w:id="4">'
          + "<w:r><w:delText>never </w:delText></w:r></w:del>" + r("said so.")),
        p("<w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r>"),
        p('<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>' + r("Controlled")
          + "</w:sdtContent></w:sdt>" + r(" text &amp; &lt;b&gt;")),
        "<w:sdt><w:sdtPr/><w:sdtContent>" + p(r("In a control")) + "</w:sdtContent></w:sdt>",
        p(r(box(p(r("In a ") + r("box", B)))) + r("Beside the box")),
        p('<w:r><w:br w:type="page"/></w:r>'),
        p("<m:oMathPara>" + MATH + "</m:oMathPara>"),
        p(""),
        "<w:p/>",
    ]
)  # fmt: skip
LINES = [
    "<h1>The title</h1>",
    "A first paragraph with <b>bold</b> and <b><i>both</i></b> and <r1>red</r1> words, H<sub>2</sub>O.",
    "All of it is large and <b>bold here</b>",
    "Its formula <math1>E=m&lt;2</math1> has a note<note1/>, see <field1>Figure 3</field1>.",
    "A <a1>link</a1> and <a2>another</a2>.",
    "<li1>An item</li1>",
    "<li2>A deeper item</li2>",
    "No item",
    "<h2>A part</h2>",
    "<td>A cell</td>",
    "<td>An inner cell</td>",
    "<td>12.5</td>",
    "<image1/>",
    "<caption>Figure <field1>1</field1>: What it shows</caption>",
    "<quote>To be quoted</quote>",
    "<code>print(1)</code>",
    "Call <code1>f(x &lt; 1)</code1> now.",
    "He <w1>really </w1><x1/>said so.",
    "One<br/>two<tab/>three",
    "<w1>Controlled</w1> text & &lt;b>",
    "In a control",
    "<x1/>Beside the box",
    "In a <b>box</b>",
    "<math1>E=m&lt;2</math1>",
]
NOTES = p(r("<w:footnoteRef/>") + r(" A note, with ") + r("stress", IT) + r("."))


def document(body: str = BODY, namespaces: str = NAMESPACES) -> str:
    """The XML of a document."""
    return f"{HEAD}<w:document {namespaces}><w:body>{body}<w:sectPr/></w:body></w:document>"


def notes(body: str = NOTES) -> str:
    """The XML of footnotes."""
    return f'{HEAD}<w:footnotes {NAMESPACES}><w:footnote w:id="2">{body}</w:footnote></w:footnotes>'


def docx(body: str = BODY, **more: str) -> bytes:
    """A Word document with a body, footnotes and a header; `more` are other files of its folder."""
    files = {
        "[Content_Types].xml": '<Types xmlns="urn:types"/>',
        "_rels/.rels": RELATIONS,
        "word/document.xml": document(body),
        "word/header1.xml": f"{HEAD}<w:hdr {NAMESPACES}>{p(r('Running head'))}</w:hdr>",
        "word/footnotes.xml": notes(),
        "word/styles.xml": STYLES,
        "word/media/image1.png": "\x00\x01",
        **{f"word/{name}.xml": text for name, text in more.items()},
    }
    return zipped(files)


def zipped(files: dict[str, str]) -> bytes:
    """Files in a zip archive."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode())
    return sink.getvalue()


def entry(data: bytes, name: str = "word/document.xml") -> str:
    """A file of a Word document."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.read(name).decode()


def paragraphs(xml: str) -> list[str]:
    """The XML of the paragraphs that hold no other, and what is between, in order."""
    return re.split(r"(<w:p[ >](?:(?!<w:p[ >]).)*?</w:p>)", xml, flags=re.DOTALL)
