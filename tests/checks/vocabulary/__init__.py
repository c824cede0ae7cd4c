"""
The schema.org vocabulary as data: types, their ancestors, their properties and ranges.

Read from the npm package schema-dts (version and hash in package-lock.json, licence
Apache-2.0 in its own folder), which is generated from the vocabulary's release. It says
the same as the release's tables in a regular form, one line a property. Nothing of it is
copied here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache

from ..findings import node_file

PACKAGE = "schema-dts"
BASE = re.compile(r"^interface (\w+)Base extends .+ \{$")
LEAF = re.compile(r"^export (?:interface (\w+)Leaf extends .+ \{|type (\w+)Leaf<.* = Omit<\w+Base)")
PROPERTY = re.compile(r'^ {4}"(\w+)"\?: SchemaValue<(.+), "\w+">;$')
UNION = re.compile(r"^export type (\w+)(?:<.*?>)? = (.+);$")
QUOTED = re.compile(r'"(?:https?://schema\.org/)?(\w+)"')


@dataclass
class Vocabulary:
    version: str
    parents: dict[str, set[str]] = field(default_factory=dict)
    own: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    superseded: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def ancestors(self, name: str) -> set[str]:
        """The type itself and everything above it, up to Thing."""
        found, waiting = {name}, [name]
        while waiting:
            for parent in self.parents.get(waiting.pop(), set()) - found:
                found.add(parent)
                waiting.append(parent)
        return found

    def range_of(self, name: str, types: set[str]) -> frozenset[str] | None:
        """What the property may hold on these types; None when none of them has it."""
        ranges = [self.own[t][name] for t in types if name in self.own.get(t, {})]
        return frozenset().union(*ranges) if ranges else None


@lru_cache(maxsize=1)
def read_vocabulary() -> Vocabulary:
    """Raises ToolMissing without the package, ValueError when its form has changed."""
    package = json.loads(node_file(f"{PACKAGE}/package.json").read_text(encoding="utf-8"))
    vocabulary = Vocabulary(version=package["version"])
    owner, deprecated = "", False
    for line in node_file(f"{PACKAGE}/dist/schema.d.ts").read_text(encoding="utf-8").splitlines():
        if "@deprecated" in line:
            deprecated = True
        elif head := BASE.match(line) or LEAF.match(line):
            owner = _type(vocabulary, head)
        elif line.startswith("export type"):
            _members(vocabulary, line)
        elif prop := PROPERTY.match(line):
            _property(vocabulary, owner, prop, deprecated)
            deprecated = False
        elif not line.startswith((" *", "     *")):
            deprecated = False
    _is_whole(vocabulary)
    return vocabulary


def _type(vocabulary: Vocabulary, head: re.Match[str]) -> str:
    name = next(group for group in head.groups() if group)
    bases = re.findall(r"(\w+)Base\b", head.group(0))
    vocabulary.names.add(name)
    vocabulary.parents.setdefault(name, set()).update(set(bases) - {name})
    return name


def _property(vocabulary: Vocabulary, owner: str, prop: re.Match[str], deprecated: bool) -> None:
    allowed = frozenset(prop.group(2).split(" | ")) - {"IdReference"}
    vocabulary.own.setdefault(owner, {})[prop.group(1)] = allowed
    if deprecated:
        vocabulary.superseded.add(prop.group(1))


def _members(vocabulary: Vocabulary, line: str) -> None:
    union = UNION.match(line)
    if union and (members := QUOTED.findall(union.group(2))):
        vocabulary.members[union.group(1)] = frozenset(members)


def _is_whole(vocabulary: Vocabulary) -> None:
    # Release 30 has some 900 types. A few would mean that the package is written differently
    # now and that everything below would be passed unseen.
    properties = sum(len(own) for own in vocabulary.own.values())
    if len(vocabulary.names) < 800 or properties < 1400 or "Thing" not in vocabulary.names:
        raise ValueError(f"{PACKAGE} {vocabulary.version} is not in the form known here.")
