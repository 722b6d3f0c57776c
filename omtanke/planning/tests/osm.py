"""Writes a small OpenStreetMap extract: the little of the PBF format that nodes and ways need, uncompressed.

https://wiki.openstreetmap.org/wiki/PBF_Format: protocol buffers of a string table, nodes as differences, ways.
"""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

Nodes = Mapping[int, tuple[float, float]]
Ways = Mapping[int, tuple[Mapping[str, str], Sequence[int]]]


def write_extract(file: Path, nodes: Nodes, ways: Ways) -> Path:
    """`nodes` are (latitude, longitude) by id, `ways` (tags, ids of nodes) by id."""
    words = ["", *sorted({word for tags, _ids in ways.values() for pair in tags.items() for word in pair})]
    ids = sorted(nodes)
    dense = _packed(1, _steps(ids))
    dense += _packed(8, _steps([round(nodes[i][0] * 1e7) for i in ids]))
    dense += _packed(9, _steps([round(nodes[i][1] * 1e7) for i in ids]))
    lines = b"".join(_data(3, _way(number, *ways[number], words)) for number in sorted(ways))
    table = b"".join(_data(1, word.encode()) for word in words)
    block = _data(1, table) + _data(2, _data(2, dense)) + _data(2, lines)
    features = b"".join(_data(4, feature) for feature in (b"OsmSchema-V0.6", b"DenseNodes"))
    file.write_bytes(_blob(b"OSMHeader", features) + _blob(b"OSMData", block))
    return file


def _way(number: int, tags: Mapping[str, str], ids: Sequence[int], words: list[str]) -> bytes:
    keys, values = [words.index(key) for key in tags], [words.index(value) for value in tags.values()]
    return _varint(1 << 3) + _varint(number) + _packed(2, keys) + _packed(3, values) + _packed(8, _steps(ids))


def _blob(kind: bytes, content: bytes) -> bytes:
    body = _data(1, content)
    head = _data(1, kind) + _varint(3 << 3) + _varint(len(body))
    return struct.pack(">I", len(head)) + head + body


def _data(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _packed(field: int, numbers: Sequence[int]) -> bytes:
    return _data(field, b"".join(_varint(number) for number in numbers))


def _steps(numbers: Sequence[int]) -> list[int]:
    """Differences from one to the next, signed ones folded to positive ones."""
    differences = [after - before for before, after in zip([0, *numbers], numbers, strict=False)]
    return [step << 1 ^ step >> 63 for step in differences]


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)
