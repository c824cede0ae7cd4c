"""Writes that join several apps: the copy desk, the first outlet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from masthead.accounts.grants import collection_for
from masthead.accounts.models import User
from masthead.core.text import short_slug
from masthead.desk.models import CopyDeskTask
from masthead.outlets.actions import name_network, write_sheets
from masthead.outlets.models import Outlet, Section
from masthead.people.models import Author


class AlreadyFounded(Exception):
    """The network has an outlet already; its text can be shown."""


@dataclass(frozen=True)
class FirstOutlet:
    """What the first-run form asks for. `sections` are names in order."""

    network: str
    name: str
    language: str
    timezone: str
    accent: str
    sections: Sequence[str]


def ensure_copy_desk_workflow() -> Workflow:
    """
    Make the network's one workflow, in which whoever may publish an article checks it.

    Safe to run again. Wagtail's own "Moderators approval", which asks for groups nobody is in,
    is switched off.
    """
    root = Page.get_first_root_node()
    with transaction.atomic():
        task = CopyDeskTask.objects.order_by("pk").first() or CopyDeskTask.objects.create(
            name=gettext("Copy desk")
        )
        link = WorkflowTask.objects.filter(task=task).select_related("workflow").first()
        workflow = link.workflow if link else Workflow.objects.create(name=gettext("Copy desk"))
        if link is None:
            WorkflowTask.objects.create(workflow=workflow, task=task)
        attached = WorkflowPage.objects.filter(page=root).select_related("workflow").first()
        if attached is None or attached.workflow_id != workflow.pk:
            _attach(workflow, root, attached)
    return workflow


def _attach(workflow: Workflow, root: Page, attached: WorkflowPage | None) -> None:
    if attached is not None:
        former = attached.workflow
        attached.delete()
        if not former.workflow_pages.exists():
            former.active = False
            former.save(update_fields=["active"])
    WorkflowPage.objects.create(workflow=workflow, page=root)


def found_network(*, first: FirstOutlet, owner: User, at: datetime) -> Outlet:
    """
    Name the network and make its first outlet with its sections, all live.

    The owner gets a byline of their own. One transaction. Raises AlreadyFounded.
    """
    with transaction.atomic():
        if Outlet.objects.exists():
            raise AlreadyFounded(gettext("This network has its first title already."))
        outlet = Outlet(
            title=first.name,
            slug=short_slug(first.name),
            language=first.language,
            timezone=first.timezone,
            accent=first.accent,
            owner=owner,
        )
        Page.get_first_root_node().add_child(instance=outlet)
        collection_for(outlet)
        for name in first.sections:
            outlet.add_child(instance=Section(title=name, slug=short_slug(name), owner=owner))
        _byline_for(owner, outlet)
        name_network(name=first.network, at=at)
        ensure_copy_desk_workflow()
        write_sheets(at=at)
    return outlet


def _byline_for(user: User, outlet: Outlet) -> None:
    name = user.get_full_name()
    if not name or Author.objects.filter(user=user).exists():
        return
    author = Author(name=name, user=user)
    author.slug = author.free_slug()
    author.save()
    author.outlets.add(outlet)
