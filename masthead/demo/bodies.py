"""The demo's blocks as an article's body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from masthead.demo.content.blocks import Block

if TYPE_CHECKING:
    from masthead.demo.links import Links
    from masthead.demo.seed import Seeder

KINDS = {"pullquote": "pull_quote", "factbox": "fact_box"}


def stream_of(
    blocks: list[Block], *, links: Links, seeder: Seeder, outlet: str
) -> list[tuple[str, Any]]:
    """Pairs of block name and raw value, as a StreamField takes them."""
    maker = BodyMaker(links, seeder, outlet)
    return [pair for block in blocks for pair in maker.make(block)]


class BodyMaker:
    def __init__(self, links: Links, seeder: Seeder, outlet: str) -> None:
        self.links = links
        self.seeder = seeder
        self.outlet = outlet

    def make(self, block: Block) -> list[tuple[str, Any]]:
        if block.kind == "text":
            return self._text(block)
        name = KINDS.get(block.kind, block.kind)
        return [(name, getattr(self, f"_{name}")(block))]

    def _rich(self, html: str) -> Any:
        from wagtail.rich_text import RichText

        return RichText(self.links.resolve(html, outlet=self.outlet))

    def _text(self, block: Block) -> list[tuple[str, Any]]:
        """Quotations stand alone; what is between them stays one text block."""
        pieces = block.html.split("<blockquote>")
        made: list[tuple[str, Any]] = [("text", self._rich(pieces[0]))] if pieces[0].strip() else []
        for piece in pieces[1:]:
            quotation, _, rest = piece.partition("</blockquote>")
            made.append(("quotation", {"quotation": self._rich(quotation), "source": ""}))
            if rest.strip():
                made.append(("text", self._rich(rest)))
        return made

    def _subheading(self, block: Block) -> str:
        return block.text

    def _pull_quote(self, block: Block) -> dict[str, str]:
        speaker, _, role = block.options.get("speaker", "").partition(", ")
        return {"quotation": block.text, "speaker": speaker, "speaker_role": role}

    def _fact_box(self, block: Block) -> dict[str, Any]:
        return {"title": block.options.get("title", ""), "text": self._rich(block.html)}

    def _picture(self, block: Block) -> dict[str, Any]:
        options = block.options
        return self._picture_value(
            options["key"],
            options.get("alt", ""),
            options.get("caption", ""),
            options.get("credit", ""),
        )

    def _picture_value(self, key: str, alt: str, caption: str, credit: str) -> dict[str, Any]:
        picture = self.seeder.picture(
            key, outlet=self.outlet, alt=alt, caption=caption, credit=credit
        )
        return {"picture": picture, "alt": alt, "caption": caption, "width": "text"}

    def _gallery(self, block: Block) -> dict[str, Any]:
        rows = [(*row, "", "", "")[:4] for row in block.rows]
        return {
            "title": block.options.get("title", ""),
            "pictures": [self._picture_value(*row) for row in rows],
        }

    def _table(self, block: Block) -> dict[str, Any]:
        from wagtail.contrib.typed_table_block.blocks import TypedTable

        head, *rows = block.rows
        table = self._table_block().to_python(
            {
                "columns": [
                    {"type": _column_type(rows, n), "heading": heading}
                    for n, heading in enumerate(head)
                ],
                "rows": [{"values": list(row)} for row in rows],
                "caption": "",
            }
        )
        assert isinstance(table, TypedTable)
        return {
            "caption": block.options.get("caption", ""),
            "table": table,
            "source": block.options.get("source", ""),
        }

    def _table_block(self) -> Any:
        from masthead.articles.blocks import ArticleBody

        return ArticleBody().child_blocks["table"].child_blocks["table"]

    def _embed(self, block: Block) -> dict[str, str]:
        return {
            "url": block.options["url"],
            "title": block.options.get("title", ""),
            "caption": block.options.get("caption", ""),
        }

    def _divider(self, block: Block) -> None:
        return None


def _column_type(rows: list[tuple[str, ...]], column: int) -> str:
    """Numbers are set to the end of their column."""
    cells = [row[column] for row in rows if len(row) > column]
    return (
        "number"
        if cells and all(cell[:1].isdigit() or cell[:1] in "–-+" for cell in cells)
        else "text"
    )
