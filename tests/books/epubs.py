"""EPUBs of our own, as EPUB 2 and as EPUB 3, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:uuid:0</dc:identifier>
    <dc:title>The quiet garden</dc:title>
    <dc:language>en</dc:language>
    <dc:description>How a garden &amp; its keeper grow old.</dc:description>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
    <item id="notes" href="text/notes.xhtml" media-type="application/xhtml+xml"/>
    <item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
    <item id="one" href="text/on%65.xhtml" media-type="application/xhtml+xml"/>
    <item id="css" href="style.css" media-type="text/css"/>
    <item id="cover" href="cover.png" media-type="image/png"/>
  </manifest>
  <spine toc="ncx">
    <itemref idref="notes" linear="no"/><itemref idref="one"/><itemref idref="two"/>
  </spine>
</package>
"""

CONTENTS = """<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
  <docTitle><text>The quiet garden</text></docTitle>
  <navMap>
    <navPoint id="a"><navLabel><text>First spring</text></navLabel><content src="text/one.xhtml"/></navPoint>
  </navMap>
</ncx>
"""

NAV = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Contents</title></head>
<body><nav epub:type="toc"><ol><li><a href="text/one.xhtml">First spring</a></li></ol></nav></body></html>
"""

ONE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head><title>First spring</title><script src="a.js"/><link rel="stylesheet" href="../style.css"/></head>
<body>
<h1 id="c1">First spring</h1>
<p class="first">The <i>old</i> gate was open.<a href="notes.xhtml#n1"><sup>1</sup></a> Nobody&nbsp;came.</p>
<p><span class="page" id="p2"/>She said: “Come in.” He <b>did</b>.</p>
<pre><code>not &lt;prose&gt;</code></pre>
<p><img src="../cover.png" alt="A gate in a wall"/></p>
</body>
</html>
"""

TWO = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Second</title></head>
<body><p>It rained for days,
and the ponds filled.</p></body></html>
"""

NOTES = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Notes</title></head>
<body><aside id="n1"><p>It never closed.</p></aside></body></html>
"""

FILES: Mapping[str, bytes] = {
    "META-INF/container.xml": CONTAINER.encode(),
    "OEBPS/book.opf": PACKAGE.encode(),
    "OEBPS/toc.ncx": CONTENTS.encode(),
    "OEBPS/nav.xhtml": NAV.encode(),
    "OEBPS/text/one.xhtml": ONE.encode(),
    "OEBPS/text/two.xhtml": TWO.encode(),
    "OEBPS/text/notes.xhtml": NOTES.encode(),
    "OEBPS/style.css": b"p { margin: 0 }\n" * 40,
    "OEBPS/cover.png": bytes(range(256)),
}


def epub(changes: Mapping[str, bytes | None] | None = None) -> bytes:
    """An EPUB 3 with an NCX for old readers; `changes` replaces, adds or (None) leaves out files."""
    files = {**FILES, **(changes or {})}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        mimetype = zipfile.ZipInfo("mimetype", (2020, 1, 2, 3, 4, 6))
        archive.writestr(mimetype, b"application/epub+zip", zipfile.ZIP_STORED)
        for number, (name, content) in enumerate(files.items()):
            if content is not None:
                info = zipfile.ZipInfo(name, (2021, 2, 3, 4, 5, 2 * number))
                info.comment = f"file {number}".encode()
                info.external_attr = 0o640 << 16
                archive.writestr(info, content, zipfile.ZIP_DEFLATED)
        archive.comment = b"a comment"
    return buffer.getvalue()


def epub_2() -> bytes:
    """An EPUB 2: no navigation page; one page in UTF-16, one in Latin-1."""
    package = PACKAGE.replace('version="3.0"', 'version="2.0"')
    package = package.replace(
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>', ""
    )
    two = TWO.replace("UTF-8", "ISO-8859-1").replace("ponds", "étangs").encode("latin-1")
    notes = '\ufeff<?xml version="1.0" encoding="UTF-16"?>\n' + NOTES
    changes = {
        "OEBPS/book.opf": package.encode(),
        "OEBPS/nav.xhtml": None,
        "OEBPS/text/two.xhtml": two,
        "OEBPS/text/notes.xhtml": notes.encode("utf-16-be"),
    }
    return epub(changes)
