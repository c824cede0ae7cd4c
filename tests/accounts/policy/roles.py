"""Addresses of the desk that need a role."""

# Publishers and owners; each finds only their own outlets' people there.
FOR_PUBLISHERS = (
    {
        "accounts_people",
        "accounts_invite",
        "accounts_person",
        "accounts_remove_role",
        "accounts_end_sessions",
        "members_articles",
        "readers:index",
        "readers:reader",
        "readers:end",
        "mail:index",
        "mail:settle",
        "mail:again",
        "mail:suppressions",
        "mail:lift",
        "mail:feedback",
        "mail:folder",
        "mail:kept",
        "mail:kept-html",
        "readers:segments",
        "readers:segment",
        "readers:drop-segment",
        "readers:export",
        "readers:import",
        "readers:import-report",
        "readers:label",
        "readers:label-off",
        "readers:note",
        "partners:index",
        "partners:add",
        "partners:partner",
        "partners:key",
        "partners:revoke",
    }
    | {
        # And ad sellers.
        f"ads:{view}"
        for view in (
            "index",
            "advertisers",
            "make_advertiser",
            "advertiser",
            "creatives",
            "packages",
            "make_package",
            "package",
            "invoice",
            "invoice_pdf",
            "report_pdf",
            "credit",
            "credit_pdf",
            "authorised",
            "import",
            "sellers_file",
            "read_back",
            "make_campaign",
            "campaign",
            "change_campaign",
            "confirm_campaign",
            "cancel_campaign",
            "add_flight",
            "flight",
            "pause_flight",
            "resume_flight",
            "make_good",
            "drop_flight",
            "add_creative",
            "creative",
            "approve_creative",
            "refuse_creative",
            "drop_creative",
        )
    }
    | {
        f"memberships:{view}"
        for view in (
            "members",
            "export",
            "member",
            "give",
            "end-given",
            "cancel",
            "give-back",
            "purchase-back",
            "figures",
            "figures-csv",
            "plans",
            "make-plan",
            "plan",
            "add-price",
            "compare",
            "offer-plan",
            "take-plan-off",
            "drop-price",
            "codes",
            "end-code",
            "groups",
            "group",
            "free-seat",
            "end-group",
            "letters",
            "prompts",
            "make-prompt",
            "prompt",
            "drop-prompt",
        )
    }
    | {"ads-places", "ads-place", "ads-preview", "ads-preview-list", "ads-preview-frame"}
    | {"ads-reports:papers_csv"}
    | {
        f"ads-reports:{view}"
        for report in ("fill", "delivery", "flight", "to_sell", "money")
        for view in (report, f"{report}_csv")
    }
)

# Moderators and whoever may publish; each finds the comments of their own outlets.
FOR_MODERATORS = {
    f"comments:{view}"
    for view in (
        "index",
        "counts",
        "appeals",
        "appeal",
        "log",
        "bans",
        "lift",
        "rules",
        "keep",
        "drop",
        "undo",
        "approve",
        "reject",
        "remove",
        "pick",
        "note",
    )
}

# Whoever may publish somewhere: bylines and topics, which all outlets share.
FOR_EDITORS = {
    f"{records}:{view}"
    for records in ("authors", "topics")
    for view in (
        "index",
        "index_results",
        "add",
        "edit",
        "delete",
        "history",
        "history_results",
        "usage",
    )
}

# The network's own settings.
FOR_OWNERS = {
    "desk_first_run",
    "wagtailadmin_collections:index",
    "wagtailadmin_collections:add",
    "wagtailadmin_collections:edit",
    "wagtailadmin_collections:delete",
    "wagtailadmin_collections:set_privacy",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:index_results",
    "wagtailadmin_workflows:add",
    "wagtailadmin_workflows:enable",
    "wagtailadmin_workflows:disable",
    "wagtailadmin_workflows:edit",
    "wagtailadmin_workflows:usage",
    "wagtailadmin_workflows:usage_results",
    "wagtailadmin_workflows:remove",
    "wagtailadmin_workflows:add_task",
    "wagtailadmin_workflows:select_task_type",
    "wagtailadmin_workflows:task_index",
    "wagtailadmin_workflows:task_index_results",
    "wagtailadmin_workflows:edit_task",
    "wagtailadmin_workflows:disable_task",
    "wagtailadmin_workflows:enable_task",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    "jobs:index",
    "jobs:retry",
    "jobs:requeue",
    "jobs:discard",
    "wagtailusers_users:index",
    "wagtailusers_users:index_results",
    "wagtailusers_users:add",
    "wagtailusers_users:edit",
    "wagtailusers_users:delete",
    "wagtailusers_users:history",
    "wagtailusers_users:history_results",
    "wagtailusers_users:usage",
    "wagtailusers_users:copy",
    "wagtailusers_groups:index",
    "wagtailusers_groups:index_results",
    "wagtailusers_groups:add",
    "wagtailusers_groups:edit",
    "wagtailusers_groups:delete",
    "wagtailusers_groups:history",
    "wagtailusers_groups:history_results",
    "wagtailusers_groups:usage",
    "wagtailsites:index",
    "wagtailsites:index_results",
    "wagtailsites:add",
    "wagtailsites:edit",
    "wagtailsites:delete",
    "wagtailsites:history",
    "wagtailsites:history_results",
    "wagtailsites:usage",
    "wagtailsites:copy",
}
