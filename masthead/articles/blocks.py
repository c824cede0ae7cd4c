"""The blocks an article's text is made of."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from masthead.articles import block_previews

TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", "superscript", "subscript"]


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=300,
        help_text=_("Empty: the picture's own. What somebody who cannot see it needs to know."),
    )
    caption = blocks.TextBlock(label=_("Caption"), required=False, rows=2)
    width = blocks.ChoiceBlock(
        label=_("Width"),
        default="text",
        choices=[("text", _("As wide as the text")), ("wide", _("Wider than the text"))],
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        preview_value = staticmethod(block_previews.picture)


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Gallery")
        preview_value = staticmethod(block_previews.gallery)


class PullQuoteBlock(blocks.StructBlock):
    quotation = blocks.TextBlock(label=_("Quotation"), rows=2)
    speaker = blocks.CharBlock(label=_("Speaker"), required=False, max_length=120)
    speaker_role = blocks.CharBlock(label=_("Who the speaker is"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        preview_value = staticmethod(block_previews.pull_quote)


class QuotationBlock(blocks.StructBlock):
    quotation = blocks.RichTextBlock(label=_("Quotation"), features=["bold", "italic", "link"])
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        preview_value = staticmethod(block_previews.quotation)


class EmbedBlock(blocks.StructBlock):
    """Stored as a card; the provider is asked by a job, and loaded only when a reader clicks."""

    url = blocks.URLBlock(
        label=_("Address"), max_length=600, help_text=_("The page of the video, post or sound.")
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    def clean(self, value: Any) -> Any:
        """Only addresses of the providers we know how to show; any other is better a link."""
        from masthead.articles.embeds import find_provider, providers  # it needs our models

        cleaned = super().clean(value)
        if cleaned["url"] and find_provider(cleaned["url"]) is None:
            sentence = _(
                "This address belongs to none of the services that can be embedded: %(names)s."
                " Put a link into the text instead."
            )
            names = ", ".join(provider.name for provider in providers())
            wrong = ValidationError(sentence, params={"names": names})
            raise blocks.StructBlockValidationError(block_errors={"url": wrong})
        return cleaned

    class Meta:
        icon = "media"
        label = _("Embed")
        preview_value = staticmethod(block_previews.embed)


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.CharBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"),
    )
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "table"
        label = _("Table")
        preview_value = staticmethod(block_previews.table)


class AudioBlock(blocks.StructBlock):
    recording = AudioChooserBlock(label=_("Recording"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "media"
        label = _("Audio")
        preview_value = staticmethod(block_previews.recording)


class VideoBlock(blocks.StructBlock):
    recording = VideoChooserBlock(label=_("Recording"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "media"
        label = _("Video")
        preview_value = staticmethod(block_previews.recording)


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    note = blocks.CharBlock(label=_("What it is"), required=False, max_length=300)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        preview_value = staticmethod(block_previews.document)


class FactBoxBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "link", "ol", "ul"])

    class Meta:
        icon = "list-ul"
        label = _("Fact box")
        preview_value = staticmethod(block_previews.fact_box)


class ChartBlock(blocks.StructBlock):
    """A map or chart as an image, with the figures it was drawn from."""

    picture = ImageChooserBlock(label=_("Map or chart"))
    alt = blocks.CharBlock(label=_("What it shows, in words"), max_length=400)
    caption = blocks.TextBlock(label=_("Caption"), required=False, rows=2)
    data = DocumentChooserBlock(label=_("The figures, as a file"), required=False)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "site"
        label = _("Map or chart")
        preview_value = staticmethod(block_previews.chart)


class ArticleBody(blocks.StreamBlock):
    """The kinds of blocks, by the name that `articles.snapshot` and the templates use."""

    text: Any = blocks.RichTextBlock(
        label=_("Text"),
        features=TEXT_FEATURES,
        required=False,  # an empty one is not kept
        icon="pilcrow",
        preview_value=block_previews.text,
    )
    subheading: Any = blocks.CharBlock(
        label=_("Subheading"),
        icon="title",
        max_length=150,
        form_classname="title",
        preview_value=block_previews.subheading,
    )
    picture = PictureBlock()
    gallery = GalleryBlock()
    pull_quote = PullQuoteBlock()
    quotation = QuotationBlock()
    embed = EmbedBlock()
    table = TableBlock()
    audio = AudioBlock()
    video = VideoBlock()
    document = DocumentBlock()
    fact_box = FactBoxBlock()
    chart = ChartBlock()
    divider: Any = blocks.StaticBlock(
        label=_("Divider"),
        icon="minus",
        preview_value=None,
    )
