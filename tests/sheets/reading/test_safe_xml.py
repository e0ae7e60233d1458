"""XML of unknown origin is read without document type, entities, network and endless texts."""

import io
from pathlib import Path

import pytest

from app.sheets.reading.safe_xml import DamagedXmlError, HugeXmlError, elements, parsed, release

LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def streamed(content: bytes) -> list[str | None]:
    found = []
    for _, element in elements(io.BytesIO(content), "b"):
        found.append(element.text)
        release(element)
    return found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a><b>",
        b"<a><x:b/></a>",
        b"<a><b>&unknown;</b></a>",
        b"<!DOCTYPE a><a><b/></a>",
        b'<!DOCTYPE a [<!ENTITY e "text">]><a><b>&e;</b></a>',
        f'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]><a><b>&i;</b></a>'.encode(),
        f'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]><a><b c="&i;"/></a>'.encode(),
        b'<?xml version="1.0" encoding="invented"?><a><b/></a>',
    ],
)
def test_tricks_and_damage_are_refused(content: bytes) -> None:
    with pytest.raises(DamagedXmlError) as whole:
        parsed(content)
    with pytest.raises(DamagedXmlError) as pieces:
        streamed(content)
    assert not isinstance(whole.value, HugeXmlError)
    assert not isinstance(pieces.value, HugeXmlError)


def test_no_other_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with pytest.raises(DamagedXmlError):
        parsed(f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>'.encode())


@pytest.mark.parametrize(
    "content",
    [
        b"<a><b>" + b"x" * 10_500_000 + b"</b></a>",
        b"<a><b c='" + b"x" * 10_500_000 + b"'/></a>",
        b"<a>" + b"<b>" * 300 + b"</b>" * 300 + b"</a>",
    ],
    ids=["text", "attribute", "depth"],
)
def test_endless_texts_and_tags_end_soon(content: bytes) -> None:
    with pytest.raises(HugeXmlError):
        parsed(content)
    with pytest.raises(HugeXmlError):
        streamed(content)


def test_elements_are_met_in_order_whatever_their_namespace() -> None:
    content = b'<a xmlns:x="urn:x"><x:b>1</x:b><!-- no --><c><b>2<!-- in between --></b></c> <b/></a>'
    assert streamed(content) == ["1", "2", None]
