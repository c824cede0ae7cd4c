import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from masthead.jobs import actions
from masthead.jobs.leases import claim_job, give_up_job
from masthead.jobs.models import Job

from .errands import leave_note, leave_one_note

pytestmark = pytest.mark.django_db
INDEX = "/desk/jobs/"


@pytest.fixture
def client(settings):
    """On the network's own host; the second factor has tests of its own, in accounts."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "SecondFactor" not in name]
    return Client(headers={"host": "127.0.0.1"})


def a_person(*, email: str, **fields: object):
    return get_user_model().objects.create_user(
        email=email, password="a long pass phrase", **fields
    )


@pytest.fixture
def ada():
    """Owns the network."""
    return a_person(email="ada@example.org", is_superuser=True)


@pytest.fixture
def bo():
    """A reporter: may use the desk and no more."""
    person = a_person(email="bo@example.org")
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def a_dead_letter(*, text: str = "parcel") -> Job:
    leave_note.later(text=text)
    job = claim_job(worker="ada", at=timezone.now())
    give_up_job(job=job, error="Traceback\nValueError: cannot <deliver>", at=timezone.now())
    return job


def test_an_owner_sees_that_nothing_waits(client, ada):
    client.force_login(ada)

    page = client.get(INDEX)

    assert "Nothing waits, nothing runs and nothing went wrong." in page.content.decode()


def test_an_owner_sees_what_was_given_up_and_why(client, ada):
    a_dead_letter()
    client.force_login(ada)

    text = client.get(INDEX).content.decode()

    assert "ValueError: cannot &lt;deliver&gt;" in text
    assert f'action="{reverse("jobs:retry", args=[Job.objects.get().pk])}"' in text


def test_the_screen_costs_the_same_for_one_job_and_for_three(
    client, ada, django_assert_max_num_queries
):
    client.force_login(ada)
    client.get(INDEX)
    counts = []
    for more in (1, 2):
        for n in range(more):
            a_dead_letter(text=str(n))
        with django_assert_max_num_queries(40) as queries:
            client.get(INDEX)
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("place", ["", "1/retry/", "1/requeue/", "1/discard/"])
def test_a_reporter_is_turned_away(client, bo, method, place):
    Job.objects.create(
        pk=1, task="x", state="dead", run_at=timezone.now(), enqueued_at=timezone.now()
    )
    client.force_login(bo)

    answer = getattr(client, method)(INDEX + place)

    assert answer.status_code in {302, 405}
    assert answer.headers.get("Location", "/desk/") == "/desk/"
    assert Job.objects.get().state == Job.State.DEAD


def test_a_stranger_is_sent_to_sign_in(client):
    answer = client.get(INDEX)

    assert (answer.status_code, answer["Location"][:15]) == (302, "/account/login/")


def test_whoever_may_change_jobs_sees_the_screen(client, bo):
    bo.user_permissions.add(Permission.objects.get(codename="change_job"))
    client.force_login(bo)

    assert client.get(INDEX).status_code == 200


def test_nothing_is_changed_by_following_a_link(client, ada):
    job = a_dead_letter()
    client.force_login(ada)

    assert client.get(f"{INDEX}{job.pk}/retry/").status_code == 405


def test_a_retried_job_starts_afresh(client, ada):
    job = a_dead_letter()
    client.force_login(ada)

    client.post(f"{INDEX}{job.pk}/retry/")

    job.refresh_from_db()
    assert (job.state, job.attempts, job.last_error) == (Job.State.READY, 0, "")
    assert ModelLogEntry.objects.get(action="jobs.retry").user == ada


def test_a_discarded_job_is_gone_and_the_log_says_who(client, ada):
    job = a_dead_letter()
    client.force_login(ada)

    client.post(f"{INDEX}{job.pk}/discard/")

    assert Job.objects.count() == 0
    assert ModelLogEntry.objects.get(action="jobs.discard").data["task"] == leave_note.path


def test_a_requeued_job_is_taken_from_its_worker(ada, noon):
    leave_note.later(text="a")
    job = claim_job(worker="slow", at=timezone.now())

    actions.requeue_job(job=job, by=ada, at=noon)

    again = claim_job(worker="bo", at=noon)
    assert (again.pk, again.fence) == (job.pk, 3)


def test_a_running_job_cannot_be_discarded(ada):
    leave_note.later(text="a")
    job = claim_job(worker="slow", at=timezone.now())

    with pytest.raises(actions.StillRunning, match="requeue it first"):
        actions.discard_job(job=job, by=ada)

    assert Job.objects.count() == 1
    assert ModelLogEntry.objects.filter(action="jobs.discard").count() == 0


def test_a_job_that_was_not_given_up_cannot_be_retried(client, ada):
    job_id = leave_note.later(text="a")
    client.force_login(ada)

    page = client.post(f"{INDEX}{job_id}/retry/", follow=True)

    assert "This job was not given up, so there is nothing to retry." in page.content.decode()


def test_a_dead_letter_whose_twin_waits_is_not_retried(ada, noon):
    leave_one_note.later(text="same")
    dead = claim_job(worker="ada", at=timezone.now())
    give_up_job(job=dead, error="no", at=noon)
    leave_one_note.later(text="same")

    with pytest.raises(actions.AlreadyWaiting):
        actions.retry_job(job=dead, by=ada, at=noon)
