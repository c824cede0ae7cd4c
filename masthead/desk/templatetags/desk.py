"""What the desk's templates know of the network."""

from django import template

from masthead.accounts.queries import network_name

register = template.Library()
register.simple_tag(network_name, name="network_name")
