"""Words of documents as XML text (XML 1.0, section 2.2): what no XML document can hold is U+FFFD."""

from __future__ import annotations

from xml.sax.saxutils import escape

from yaodian.patterns import compiled

_NOT_XML = compiled("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_characters(words: str) -> str:
    """``words`` as XML can hold them, not escaped: for what writes XML itself."""
    return _NOT_XML.sub("\ufffd", words)


def xml_text(words: str) -> str:
    """``words`` as the text of an element, or of an attribute in double quotation marks."""
    return escape(xml_characters(words), {'"': "&quot;", "\r": "&#13;"})
