"""What each role is given: the rows that Wagtail reads its permissions from."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from masthead.accounts.models import OutletFiles, Role

SHARED_COLLECTION = "Network"
OUTLET_DEPTH = 2
# Wagtail hangs rights on its own models, whatever model of ours stands in for them.
_FILE_MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"), ("wagtailmedia", "media"))

_WRITE = ("add",)
_REPORT = (*_WRITE, "change")
_EDIT = (*_REPORT, "publish", "lock", "unlock")
# `bulk_delete` is what tells a publisher's rows from an editor's: see `page_policy`.
_PUBLISH = (*_EDIT, "bulk_delete")


@dataclass(frozen=True)
class Grant:
    """Actions on pages below the place, and on files in the outlet's collection."""

    on_pages: tuple[str, ...]
    on_files: tuple[str, ...]


# Owners are superusers: they need no rows.
GRANTS = {
    Role.CONTRIBUTOR: Grant(on_pages=_WRITE, on_files=("add", "choose")),
    Role.REPORTER: Grant(on_pages=_REPORT, on_files=("add", "choose")),
    Role.EDITOR: Grant(on_pages=_EDIT, on_files=("add", "choose", "change")),
    # Looks after readers' comments; writes nothing.
    Role.MODERATOR: Grant(on_pages=(), on_files=()),
    # Sells advertising; writes nothing.
    Role.SELLER: Grant(on_pages=(), on_files=("add", "choose")),
    Role.PUBLISHER: Grant(on_pages=_PUBLISH, on_files=("add", "choose", "change", "delete")),
}

_model_permissions: dict[Role, set[str]] = defaultdict(set)


def grant_models(*, permissions: list[str], roles: list[Role]) -> None:
    """
    Let roles do something with a model that belongs to no outlet, e.g. "people.change_author".

    For `apps.ready()` of the apps above; `actions.refresh_groups` brings older groups up to date.
    """
    for role in roles:
        _model_permissions[role].update(permissions)


def collection_for(place: Page) -> Collection:
    """
    The outlet's own collection of pictures and files; the root one for the whole network.

    Made when first needed, and named like the outlet is named now.
    """
    root = Collection.get_first_root_node()
    if place.depth < OUTLET_DEPTH:
        return root
    outlet_path = place.path[: place.steplen * OUTLET_DEPTH]
    outlet = place if place.path == outlet_path else Page.objects.get(path=outlet_path)
    files = OutletFiles.objects.filter(outlet_id=outlet.pk).select_related("collection").first()
    if files is None:
        made = _new_collection(root, outlet.title)
        files = OutletFiles.objects.create(outlet_id=outlet.pk, collection=made)
    if files.collection.name != outlet.title:
        files.collection.name = outlet.title
        files.collection.save(update_fields=["name"])
    return files.collection


def shared_collection() -> Collection:
    """Pictures and documents that every member of staff may use."""
    root = Collection.get_first_root_node()
    outlets = OutletFiles.objects.values("collection")
    shared = root.get_children().filter(name=SHARED_COLLECTION).exclude(pk__in=outlets)
    return shared.order_by("pk").first() or _new_collection(root, SHARED_COLLECTION)


def _new_collection(root: Collection, name: str) -> Collection:
    root.refresh_from_db()  # treebeard computes the new path from numchild
    return root.add_child(name=name)


def find_group(*, role: Role, place: Page) -> Group | None:
    """By the place's id at the end of the name, because titles change and repeat."""
    return (
        Group.objects.filter(name__startswith=_prefix(role), name__endswith=f"[{place.pk}]")
        .order_by("pk")
        .first()
    )


def group_for(*, role: Role, place: Page) -> Group:
    """The Wagtail group of everybody with this role in this place, made when first needed."""
    group = find_group(role=role, place=place)
    if group is None:
        group = Group.objects.create(name=f"{_prefix(role)}{place.title[:100]} [{place.pk}]")
    write_rows(group=group, role=role, place=place)
    return group


def _prefix(role: Role) -> str:
    return f"{role.value.capitalize()}: "


def write_rows(*, group: Group, role: Role, place: Page) -> None:
    """Give the group exactly the rows of its role; safe to run again."""
    grant = GRANTS[role]
    group.permissions.set(_permissions({"wagtailadmin.access_admin", *_model_permissions[role]}))
    pages = _permissions({f"wagtailcore.{action}_page" for action in grant.on_pages})
    GroupPagePermission.objects.filter(group=group).exclude(permission__in=pages).delete()
    for permission in pages:
        GroupPagePermission.objects.get_or_create(group=group, page=place, permission=permission)
    _write_collection_rows(group=group, grant=grant, place=place)


def _write_collection_rows(*, group: Group, grant: Grant, place: Page) -> None:
    own, shared = collection_for(place), shared_collection()
    wanted = {(own.pk, permission.pk) for permission in _file_permissions(grant.on_files)}
    wanted |= {(shared.pk, permission.pk) for permission in _file_permissions(("choose",))}
    rows = GroupCollectionPermission.objects.filter(group=group)
    for row in rows:
        if (row.collection_id, row.permission_id) in wanted:
            wanted.remove((row.collection_id, row.permission_id))
        else:
            row.delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection_id=collection, permission_id=permission)
        for collection, permission in sorted(wanted)
    )


def _file_permissions(actions: tuple[str, ...]) -> list[Permission]:
    return _permissions(
        {f"{app}.{action}_{model}" for app, model in _FILE_MODELS for action in actions}
    )


def _permissions(names: set[str]) -> list[Permission]:
    match = Q(pk=None)
    for name in names:
        app_label, codename = name.split(".")
        match |= Q(content_type__app_label=app_label, codename=codename)
    return list(Permission.objects.filter(match))
