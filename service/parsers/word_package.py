"""A Word file as a package: its XML parts, found by their relations as Word does."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any

from service.parsers.word_styles import number

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"


def parse_part(data: bytes) -> Any:
    """The root of one XML part; entities stay unresolved and nothing is fetched."""
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=False))


class Package:
    """The parts that matter. ``main`` names the one of the document, whose root is ``root``.

    ``linked`` leads from a relation of the main part to the name and root of a header or footer that was asked for.
    """

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = set(package.namelist())
        self._links = self._links_of("")
        self.main = next((path for kind, path in self._links.values() if kind == "officeDocument"), "")
        self.root = self._read(self.main)
        self._main_links = self._links_of(self.main)
        self.linked: dict[str, tuple[str, Any]] = {}

    def of_kind(self, kind: str) -> Any:
        """The root of the main part's first relation of this kind; None when there is none."""
        return self._first(self._main_links, kind)

    def margin(self, link: str) -> tuple[str, Any]:
        """Name and root of a header or footer, read once; ("", None) when it is missing."""
        if link not in self.linked:
            _, path = self._main_links.get(link, ("", ""))
            self.linked[link] = (path, self._read(path)) if path in self._names else ("", None)
        return self.linked[link]

    def pages(self) -> int | None:
        """How many pages the program counted that saved the file."""
        properties = self._first(self._links, "extended-properties")
        return None if properties is None else number(properties.findtext(f"{_APP}Pages")) or None

    def _links_of(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (its kind, the part it leads to)."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._names:
            return {}
        return {
            link.get("Id", ""): (
                link.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/"),
            )
            for link in self._read(path).iterfind(f"{_RELATIONSHIPS}Relationship")
            if link.get("TargetMode") != "External"
        }

    def _first(self, links: Mapping[str, tuple[str, str]], kind: str) -> Any:
        for found, path in links.values():
            if found == kind and path in self._names:
                return self._read(path)
        return None

    def _read(self, path: str) -> Any:
        return parse_part(self._package.read(path))
