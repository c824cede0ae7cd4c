"""Below each outlet: membership/…"""

from django.urls import path

from masthead.memberships.views import account, buying, gifts, groups, reading, seats

app_name = "membership"
urlpatterns = [
    path("", account.account, name="account"),
    path("join/", buying.join, name="join"),
    path("back/<uuid:public_id>/", buying.back, name="back"),
    path("gift/", gifts.redeem, name="gift"),
    path("articles/<uuid:public_id>/", reading.article, name="article"),
    path("given/<str:token>/", reading.given, name="given"),
    path("links/", reading.giving, name="links"),
    path("links/<uuid:public_id>/back/", reading.take_back, name="take-back"),
    path("group/<uuid:public_id>/", groups.group, name="group"),
    path("group/<uuid:public_id>/invite/", groups.invite, name="invite"),
    path("group/<uuid:public_id>/seat/", groups.seat, name="seat"),
    path("group/<uuid:public_id>/free/<int:seat_id>/", groups.free, name="free"),
    path("group/<uuid:public_id>/withdraw/<int:invitation_id>/", groups.withdraw, name="uninvite"),
    path("<uuid:public_id>/card/", account.card, name="card"),
    path("<uuid:public_id>/leave/", account.leave, name="leave"),
    path("<uuid:public_id>/stay/", account.stay, name="stay"),
    path("<uuid:public_id>/pause/", account.pause, name="pause"),
    path("<uuid:public_id>/go-on/", account.go_on, name="go-on"),
    path("<uuid:public_id>/switch/", account.switch, name="switch"),
    path("<uuid:public_id>/seats/", seats.seats, name="seats"),
    path("<uuid:public_id>/withdraw/", account.withdraw, name="withdraw"),
]
