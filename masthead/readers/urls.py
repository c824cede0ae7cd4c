"""The readers' screens, under the desk."""

from django.urls import path

from masthead.readers import views
from masthead.readers.desk import lists, marking, segments

app_name = "readers"
urlpatterns = [
    path("", views.index, name="index"),
    path("segments/", segments.index, name="segments"),
    path("segments/<uuid:public_id>/", segments.segment, name="segment"),
    path("segments/<uuid:public_id>/drop/", segments.drop, name="drop-segment"),
    path("export/", lists.export, name="export"),
    path("import/", lists.bring_in, name="import"),
    path("import/<uuid:public_id>/", lists.report, name="import-report"),
    path("<uuid:public_id>/", views.reader, name="reader"),
    path("<uuid:public_id>/label/", marking.label, name="label"),
    path("<uuid:public_id>/label/<int:label_id>/off/", marking.label_off, name="label-off"),
    path("<uuid:public_id>/note/", marking.note, name="note"),
    path("<uuid:public_id>/<int:entitlement_id>/end/", views.end, name="end"),
]
