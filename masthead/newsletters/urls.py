"""The desk's addresses of newsletters."""

from django.urls import path

from masthead.newsletters.desk import editions, newsletters, sending

app_name = "newsletters"
_OF_LIST = "<slug:outlet>/<int:newsletter_id>/"
_OF_EDITION = "<slug:outlet>/editions/<int:edition_id>/"
urlpatterns = [
    path("", newsletters.index, name="index"),
    path("<slug:outlet>/", newsletters.outlet, name="outlet"),
    path("<slug:outlet>/new/", newsletters.make, name="make"),
    path("<slug:outlet>/articles.json", editions.articles, name="articles"),
    path("<slug:outlet>/pictures.json", editions.pictures, name="pictures"),
    path(_OF_LIST, newsletters.editions, name="editions"),
    path(f"{_OF_LIST}change/", newsletters.change, name="change"),
    path(f"{_OF_LIST}close/", newsletters.close, name="close"),
    path(f"{_OF_LIST}figures.csv", newsletters.figures, name="figures"),
    path(f"{_OF_LIST}edition/", editions.make, name="make_edition"),
    path(_OF_EDITION, editions.edition, name="edition"),
    path(f"{_OF_EDITION}arrange/", editions.arrange, name="arrange"),
    path(f"{_OF_EDITION}audience/", editions.audience, name="audience"),
    path(f"{_OF_EDITION}preview/", editions.preview, name="preview"),
    path(f"{_OF_EDITION}copies/<slug:variant>/", editions.copy, name="copy"),
    path(f"{_OF_EDITION}test/", editions.test, name="test"),
    path(f"{_OF_EDITION}schedule/", editions.schedule, name="schedule"),
    path(f"{_OF_EDITION}hold/", editions.hold, name="hold"),
    path(f"{_OF_EDITION}drop/", editions.drop, name="drop"),
    path(f"{_OF_EDITION}rebuild/", editions.rebuild, name="rebuild"),
    path(f"{_OF_EDITION}progress.json", sending.progress, name="progress"),
    path(f"{_OF_EDITION}pause/", sending.pause, name="pause"),
    path(f"{_OF_EDITION}resume/", sending.resume, name="resume"),
    path(f"{_OF_EDITION}stop/", sending.stop, name="stop"),
    path(f"{_OF_EDITION}to-new/", sending.to_new, name="to_new"),
    path(f"{_OF_EDITION}doubts/<int:delivery_id>/", sending.settle, name="settle"),
]
