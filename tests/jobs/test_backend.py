from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import transaction
from django_tasks import TaskResultStatus, task, task_backends
from django_tasks.exceptions import TaskResultDoesNotExist
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import delete_file_from_storage_task, update_reference_index_task

from masthead.jobs.models import Job
from masthead.jobs.worker import run_due_jobs

pytestmark = pytest.mark.django_db


@task()
def add(left, right):
    return left + right


@task(takes_context=True)
def say_which_try(context):
    return context.attempt


@task()
def break_down():
    raise RuntimeError("no")


def test_wagtails_tasks_about_one_object_wait_once():
    for _ in range(3):
        update_reference_index_task.enqueue("wagtailcore", "page", "1")
        insert_or_update_object_task.enqueue("wagtailcore", "page", "1")
    update_reference_index_task.enqueue("wagtailcore", "page", "2")

    assert Job.objects.count() == 3


def test_wagtails_tasks_are_done_by_the_worker():
    update_reference_index_task.enqueue("wagtailcore", "page", "1")
    insert_or_update_object_task.enqueue("wagtailcore", "page", "1")

    run_due_jobs()

    assert list(Job.objects.values_list("state", flat=True)) == ["done", "done"]


def test_indexing_an_object_deleted_meanwhile_is_done_with():
    update_reference_index_task.enqueue("wagtailcore", "page", "999999")

    run_due_jobs()

    assert Job.objects.get().state == Job.State.DONE


def test_a_task_that_must_happen_each_time_is_never_merged():
    storage = ("django.core.files.storage.FileSystemStorage", (), {})

    for _ in range(2):
        delete_file_from_storage_task.enqueue(storage, "pictures/a.jpg")

    assert Job.objects.count() == 2


def test_a_task_goes_with_its_transaction():
    with transaction.atomic():
        add.enqueue(1, 2)
        transaction.set_rollback(True)

    assert Job.objects.count() == 0


def test_a_result_can_be_asked_for():
    result = add.enqueue(1, right=2)
    assert result.status == TaskResultStatus.READY

    run_due_jobs()
    result.refresh()

    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, 3)
    assert add.get_result(result.id).attempts == 1


def test_a_failed_task_shows_its_error(noon):
    with time_machine.travel(noon, tick=False) as clock:
        result = break_down.enqueue()
        for _ in range(5):
            run_due_jobs()
            clock.shift(timedelta(hours=2))
        result.refresh()

    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].traceback.strip().endswith("RuntimeError: no")


@pytest.mark.parametrize("result_id", ["not-an-id", "018f0000-0000-7000-8000-000000000000"])
def test_an_unknown_result_is_said_to_be_unknown(result_id):
    with pytest.raises(TaskResultDoesNotExist):
        task_backends["default"].get_result(result_id)


def test_a_task_may_ask_which_try_it_is():
    result = say_which_try.enqueue()

    run_due_jobs()
    result.refresh()

    assert result.return_value == 1


def test_a_task_may_be_put_off_and_go_to_any_queue(noon):
    with time_machine.travel(noon, tick=False):
        put_off = add.using(run_after=noon + timedelta(hours=1), queue_name="slow", priority=5)
        put_off.enqueue(1, 2)
        done = run_due_jobs()

    job = Job.objects.get()
    assert done == 0
    assert (job.queue, job.priority, job.run_at) == ("slow", 5, noon + timedelta(hours=1))


def test_a_task_with_an_argument_that_is_not_json_is_refused():
    with pytest.raises(TypeError):
        add.enqueue(get_user_model()(), 1)
