"""The reports' addresses, below the ad desk's."""

from django.urls import path

from masthead.ads.reports import money_views, views

app_name = "ads-reports"
urlpatterns = [
    path("", views.fill, name="fill"),
    path("fill.csv", views.fill_csv, name="fill_csv"),
    path("delivery/", views.delivery, name="delivery"),
    path("delivery.csv", views.delivery_csv, name="delivery_csv"),
    path("delivery/<uuid:public_id>/", views.flight, name="flight"),
    path("delivery/<uuid:public_id>.csv", views.flight_csv, name="flight_csv"),
    path("to-sell/", views.to_sell, name="to_sell"),
    path("to-sell.csv", views.to_sell_csv, name="to_sell_csv"),
    path("money/", money_views.money, name="money"),
    path("money.csv", money_views.money_csv, name="money_csv"),
    path("papers.csv", money_views.papers_csv, name="papers_csv"),
]
