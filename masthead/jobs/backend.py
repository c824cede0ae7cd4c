"""The Django Tasks backend: Wagtail's own tasks wait in the same table as our jobs."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from masthead.jobs.enqueue import add_job
from masthead.jobs.models import Job

# Each save of an object asks for these, and one run sees everything saved before it. Their
# arguments name the object: app label, model, primary key.
ABOUT_ONE_OBJECT = {
    "wagtail.tasks.update_reference_index_task",
    "wagtail.images.tasks.set_image_focal_point_task",
    "modelsearch.tasks.insert_or_update_object_task",
}

STATUS = {
    Job.State.READY: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.DEAD: TaskResultStatus.FAILED,
}


class LeasedTableBackend(BaseTaskBackend):
    """Enqueues in the open transaction, so a task goes when its transaction is rolled back."""

    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, {**params, "QUEUES": []})  # empty: any queue's name will do

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        arguments = {"args": normalize_json(args), "kwargs": normalize_json(kwargs)}
        job = add_job(
            task=task.module_path,
            arguments=arguments,
            queue=task.queue_name,
            priority=task.priority,
            unique_key=_unique_key(task.module_path, arguments["args"]),
            run_at=task.run_after,
        )
        return self._result(job, task)

    def get_result(self, result_id: str) -> TaskResult:
        from masthead.jobs.running import UnknownWork, find_work

        try:
            job = Job.objects.get(public_id=result_id)
            task = find_work(job.task)
        except (Job.DoesNotExist, ValidationError, UnknownWork) as error:
            raise TaskResultDoesNotExist(result_id) from error
        if not isinstance(task, Task):
            raise TaskResultDoesNotExist(result_id)
        return self._result(job, task)

    def _result(self, job: Job, task: Task) -> TaskResult:
        result = TaskResult(
            task=task,
            id=str(job.public_id),
            status=STATUS[Job.State(job.state)],
            enqueued_at=job.enqueued_at,
            started_at=None,
            last_attempted_at=None,
            finished_at=job.finished_at,
            args=job.arguments["args"],
            kwargs=job.arguments["kwargs"],
            backend=self.alias,
            errors=_errors(job),
            worker_ids=[job.worker] * job.attempts,
        )
        object.__setattr__(result, "_return_value", job.arguments.get("returned"))
        return result


def run_task(*, task: Task, job: Job) -> Any:
    """Call the task as the job asks; answers what it returned, as JSON."""
    args, kwargs = job.arguments["args"], job.arguments["kwargs"]
    if task.takes_context:
        args = [TaskContext(task_result=task.get_backend()._result(job, task)), *args]
    try:
        return normalize_json(task.call(*args, **kwargs))
    except ObjectDoesNotExist:
        # Deleted since it was saved: nothing is left to index.
        if job.task in ABOUT_ONE_OBJECT:
            return None
        raise


def _unique_key(path: str, args: list[Any]) -> str:
    return f"{path} {' '.join(map(str, args))}" if path in ABOUT_ONE_OBJECT else ""


def _errors(job: Job) -> list[TaskError]:
    if not job.last_error:
        return []
    return [TaskError(exception_class_path="builtins.Exception", traceback=job.last_error)]
