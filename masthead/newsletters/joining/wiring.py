"""What joining puts into the registries of the apps below."""

from django.utils.translation import gettext_lazy as _


def register() -> None:
    import masthead.newsletters.joining.jobs  # noqa: F401  (gives its turns out)
    from masthead.newsletters.joining import (
        choices,
        held,
        intents,
        links,
        members,
        offered,
        parts,
        queries,
    )
    from masthead.outlets.supplements import register_supplement
    from masthead.press.page_parts import register_page_part
    from masthead.readers.benefits import register_several
    from masthead.readers.desk.panels import ReaderPanel, register_reader_panel
    from masthead.readers.holdings import Holding, register_holding
    from masthead.readers.intents import register_intent
    from masthead.readers.lists import Target, register_target
    from masthead.readers.models import Benefit
    from masthead.readers.preferences import register_holder, register_preferences
    from masthead.readers.segments import Rule, register_rule

    register_several(Benefit.NEWSLETTER, members.for_members)
    register_supplement(offered.SUPPLEMENT, offered.supplement)
    register_page_part(parts.SIGN_UP)
    register_page_part(parts.ACCOUNT_LINKS)
    register_intent(intents.JOIN, intents.carry_join)
    register_preferences(choices.section())
    register_holder(links.DELIVERY, queries.find_reader_of_delivery)
    register_holder(links.SUBSCRIPTION, queries.find_reader_of_subscription)
    register_holding(
        Holding("subscriptions", _("Newsletters"), held.export_subscriptions, order=45)
    )
    register_holding(
        Holding(
            "copies",
            _("Copies of newsletters to you"),
            held.export_deliveries,
            held.erase_deliveries,
            order=46,
        )
    )
    template = "newsletters/desk/subscriptions_panel.html"
    register_reader_panel(
        ReaderPanel("newsletters", _("Newsletters"), template, held.subscriptions_panel, order=5)
    )
    register_target(Target("newsletter", held.newsletters_to_fill, held.join_from_list))
    some = held.newsletter_choices
    register_rule(Rule("gets", _("Gets the newsletter"), held.gets, some, order=10))
    register_rule(Rule("gets-not", _("Does not get it"), held.does_not_get, some, order=11))
