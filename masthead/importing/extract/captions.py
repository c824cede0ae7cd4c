"""Splitting what stands under a picture into caption and credit."""

from __future__ import annotations

import re

from .bylines import read_author
from .dom import Element, text_of, words_of_attributes

CREDIT_WORDS = {
    "credit",
    "credits",
    "source",
    "photographer",
    "copyright",
    "quelle",
    "fotograf",
    "attribution",
}
LABEL = (
    r"(?:photos?|photograph|picture|image|images|foto|fotos|bild|illustration|graphic|credits?|source|"
    r"courtesy|quelle|fotografía|crédito|صورة|تصوير)"
)
LABELLED = re.compile(
    rf"^(?P<caption>.*?)[\s(\[|/–—-]*\b{LABEL}(?:\s+credits?)?(?:\s*:\s*|\s+by\s+|\s+courtesy\s+of\s+|\s+of\s+)(?P<credit>[^()\[\]]{{2,90}}?)[)\]]?\.?$",
    re.I | re.S,
)
SIGNED = re.compile(r"^(?P<caption>.*?)\s*(?P<credit>©\s*[^()]{2,80})\)?$", re.S)
BRACKETED = re.compile(r"^(?P<caption>.+?)\s*\((?P<credit>[^()]{3,80}/[^()]{2,60})\)\.?$", re.S)
UNNAMED = re.compile(
    r"^(?P<caption>.+?)\s*[(\[|]\s*(?P<credit>(?:courtesy|file|handout|archive)"
    r"(?:\s(?:photo|picture|image))?|courtesy\s[^()|]{2,60})\s*[)\]]?\.?$",
    re.I | re.S,
)
PROPER = r"(?:[A-ZÀ-Þ][\w'’.-]*|of|the|and|&)"
TITLED = re.compile(
    rf"^(?P<caption>.{{10,140}}[.!?”\"])\s*\((?P<credit>{PROPER}(?:\s{PROPER}){{1,5}})\)$"
)
PAIR = re.compile(rf"^(?!Home\b){PROPER}(?:\s{PROPER}){{0,4}}\s?/\s?{PROPER}(?:\s{PROPER}){{1,4}}$")
SLASHED = re.compile(r"^(?P<caption>.+?[.!?”’\"])\s*/\s*(?P<credit>[^.!?]{3,90})$", re.S)
NAMED = re.compile(r"^(?P<caption>.+?[.!?”])\s+(?P<credit>[^.!?]{5,50})$", re.S)
LABEL_ONLY = re.compile(rf"^\W*(?:{LABEL}(?:\s+credit)?\s*(?::|by\b)\s*)", re.I)


def split_caption(text: str) -> tuple[str, str]:
    """(caption, credit); the credit is empty when the text names nobody."""
    text = text.strip()
    for pattern in (LABELLED, UNNAMED, BRACKETED, TITLED, SLASHED, SIGNED):
        if hit := pattern.match(text):
            if not hit["caption"].strip(" ([") and _is_description(hit["credit"]):
                return _tidy(clean_credit(text)), ""
            return _tidy(hit["caption"]), clean_credit(hit["credit"])
    if (hit := NAMED.match(text)) and read_author(hit["credit"]):
        return _tidy(hit["caption"]), clean_credit(hit["credit"])
    return text, ""


def names_a_photographer(line: str) -> bool:
    """For copied text: does this line read like a caption with its credit?"""
    return len(line) < 400 and any(
        p.match(line) for p in (LABELLED, BRACKETED, SLASHED, UNNAMED, TITLED)
    )


def is_credit_alone(line: str) -> bool:
    """ "Photo: Jonas Feld" or "Alpine Post / Mikkel Orr": the caption stands on the line above."""
    if len(line) < 80 and PAIR.match(line):
        return True
    hit = LABELLED.match(line) if len(line) < 80 else None
    return bool(hit and not split_caption(line)[0])


def _is_description(text: str) -> bool:
    """After "Photo:" may stand what is seen instead of who took it."""
    words = text.split()
    return len(words) >= 5 and sum(word[:1].islower() for word in words) > len(words) / 2


def caption_and_credit(element: Element) -> tuple[str, str]:
    """From a caption element, preferring the page's own mark for the credit."""
    whole = text_of(element)
    for child in element.iter():
        if child is not element and words_of_attributes(child) & CREDIT_WORDS:
            credit = text_of(child)
            if credit and credit != whole and credit in whole:
                return _tidy(whole.replace(credit, " ", 1)), clean_credit(credit)
    return split_caption(whole)


def clean_credit(text: str) -> str:
    text = LABEL_ONLY.sub("", text.strip())
    return re.sub(r"^[\s©(\[/:]+|[\s)\]]+$", "", text)


def _tidy(caption: str) -> str:
    return re.sub(r"\s+", " ", caption).strip(" /|([–—")
