from django.urls import path

from masthead.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:job_id>/retry/", views.retry, name="retry"),
    path("<int:job_id>/requeue/", views.requeue, name="requeue"),
    path("<int:job_id>/discard/", views.discard, name="discard"),
]
