"""A creative: its picture, words, link; HTML for those who may."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from masthead.ads.desk.forms.fields import ticks
from masthead.ads.models import Creative, Flight, Place
from masthead.ads.selling.orders import CreativeOrder
from masthead.ads.selling.uploads import keep_upload
from masthead.articles.models import ArticlePage
from masthead.articles.models.article import Kind


class CreativeForm(forms.Form):
    """`order()` writes the picture that was sent, so call it once and when all is valid."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Creative.Kind.choices)
    file = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    alt = forms.CharField(
        label=gettext_lazy("The picture in words"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("For those who do not see it. Say all the words that stand in it."),
    )
    headline = forms.CharField(label=gettext_lazy("Headline"), max_length=80, required=False)
    text = forms.CharField(label=gettext_lazy("Text"), max_length=200, required=False)
    action = forms.CharField(
        label=gettext_lazy("Words of the link"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Such as “To the shop”"),
    )
    link = forms.CharField(
        label=gettext_lazy("Leads to"),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
        help_text=gettext_lazy("An address that begins with https://"),
    )
    article = forms.ModelChoiceField(
        label=gettext_lazy("Sponsored article"),
        queryset=ArticlePage.objects.none(),
        required=False,
        help_text=gettext_lazy("A card can lead to one instead."),
    )
    html = forms.CharField(
        label=gettext_lazy("HTML"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "ltr", "spellcheck": "false"}),
        help_text=gettext_lazy("Shown in a frame that reaches neither the page nor the reader."),
    )
    places = ticks(gettext_lazy("Places"), Place.choices)
    weight = forms.IntegerField(
        label=gettext_lazy("Weight"),
        min_value=1,
        max_value=100,
        initial=1,
        help_text=gettext_lazy("Beside the flight’s other creatives."),
    )

    def __init__(
        self,
        *args: Any,
        flight: Flight,
        creative: Creative | None = None,
        may_html: bool = False,
        **kwargs: Any,
    ) -> None:
        self.flight, self.creative = flight, creative
        if creative is not None:
            names = ("kind", "alt", "headline", "text", "action", "link", "html", "weight")
            kwargs["initial"] = {
                **{name: getattr(creative, name) for name in names},
                "places": creative.places,
                "article": creative.article_id,
            }
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if not may_html:
            del fields["html"]
            fields["kind"].choices = [
                each for each in Creative.Kind.choices if each[0] != Creative.Kind.HTML
            ]
        if flight.places:
            fields["places"].choices = [each for each in Place.choices if each[0] in flight.places]
        sponsored = ArticlePage.objects.filter(kind=Kind.SPONSORED, live=True)
        roots = [each.path for each in flight.outlets.all()]
        ids = [
            each.pk
            for each in sponsored.only("pk", "path")
            if not roots or each.path.startswith(tuple(roots))
        ]
        fields["article"].queryset = sponsored.filter(pk__in=ids).order_by("title", "pk")

    def order(self, *, by: Any, collection: Any = None) -> CreativeOrder:
        """Raises ValidationError with a sentence for a picture that is refused."""
        given = self.cleaned_data
        picture = self.creative.picture if self.creative else None
        if given["kind"] == Creative.Kind.HTML:
            picture = None
        elif given["file"]:
            picture = keep_upload(
                given["file"],
                title=self.flight.campaign.name,
                alt=given["alt"],
                by=by,
                collection=collection,
            )
        names = ("kind", "alt", "headline", "text", "action", "link", "article", "weight")
        return CreativeOrder(
            **{name: given[name] for name in names},
            places=given["places"],
            html=given.get("html", "") if given["kind"] == Creative.Kind.HTML else "",
            picture=picture,
        )
