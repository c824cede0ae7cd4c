"""Below each outlet: advertise/…, by a signed link."""

from django.urls import path

from masthead.ads.customers import views

app_name = "advertise"
urlpatterns = [
    path("<str:token>/", views.home, name="home"),
    path("<str:token>/book/", views.book, name="book"),
    path("<str:token>/paid/<uuid:public_id>/", views.paid, name="paid"),
    path("<str:token>/invoices/<int:number>.pdf", views.invoice_pdf, name="invoice"),
    path("<str:token>/credit-notes/<int:number>.pdf", views.credit_note_pdf, name="credit-note"),
    path("<str:token>/<uuid:public_id>/", views.report, name="report"),
    path("<str:token>/<uuid:public_id>/report.pdf", views.report_pdf, name="report-pdf"),
    path("<str:token>/<uuid:public_id>/pay/", views.pay, name="pay"),
    path("<str:token>/<uuid:public_id>/pause/", views.pause, name="pause"),
    path("<str:token>/<uuid:public_id>/go-on/", views.resume, name="go-on"),
]
