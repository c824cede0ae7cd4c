"""Taking advertisers and campaigns over from another program."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.ads.desk.doorways import seller
from masthead.ads.selling.importing import COLUMNS, MOST_BYTES, ImportReport, import_csv
from masthead.ads.selling.refusals import AdsRefusal


def import_campaigns(request: HttpRequest) -> HttpResponse:
    user = seller(request)
    report: ImportReport | None = None
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            text = sent.read(MOST_BYTES + 1).decode("utf-8") if sent else ""
            report = import_csv(text=text, by=user, at=timezone.now())
        except UnicodeDecodeError:
            messages.info(request, _("The file has to be in UTF-8."))
        except AdsRefusal as refusal:
            messages.info(request, str(refusal))
    context = {"report": report, "columns": COLUMNS}
    return render(request, "ads/desk/import.html", context)
