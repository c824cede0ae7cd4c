from django.urls import path

from masthead.posting.desk import accounts, posts

app_name = "networks"
_OF_ACCOUNT = "<slug:outlet>/accounts/<int:account_id>/"
_OF_POST = "<slug:outlet>/posts/<int:post_id>/"
urlpatterns = [
    path("", accounts.index, name="index"),
    path("<slug:outlet>/", accounts.outlet, name="outlet"),
    path("<slug:outlet>/connect/<slug:network>/", accounts.connect, name="connect"),
    path(_OF_ACCOUNT, accounts.change, name="account"),
    path(f"{_OF_ACCOUNT}test/", accounts.test, name="test"),
    path(f"{_OF_ACCOUNT}pause/", accounts.pause, name="pause"),
    path(f"{_OF_ACCOUNT}resume/", accounts.resume, name="resume"),
    path(f"{_OF_ACCOUNT}disconnect/", accounts.disconnect, name="disconnect"),
    path("<slug:outlet>/log/", posts.log, name="log"),
    path("<slug:outlet>/waiting/", posts.waiting, name="waiting"),
    path(f"{_OF_POST}approve/", posts.approve, name="approve"),
    path(f"{_OF_POST}again/", posts.again, name="again"),
    path(f"{_OF_POST}send/", posts.send, name="send"),
    path(f"{_OF_POST}replay/", posts.replay, name="replay"),
    path(f"{_OF_POST}there/", posts.there, name="there"),
    path(f"{_OF_POST}leave/", posts.leave, name="leave"),
]
