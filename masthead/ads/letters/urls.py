"""Below `newsletters/c/ad/` of each outlet, which the program answers anew each time."""

from django.urls import path

from masthead.ads.letters.views import follow_ad

urlpatterns = [path("<str:token>", follow_ad, name="newsletter-ad")]
