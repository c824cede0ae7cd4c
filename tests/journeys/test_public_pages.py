"""Every kind of public page, held to the bars a newspaper's pages are held to."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from django.urls import URLPattern
from django.urls.resolvers import RegexPattern
from playwright.sync_api import Browser

from tests.checks.browser import LOOKS, WIDTHS, Look, inspect_page
from tests.checks.findings import Finding
from tests.checks.nu import check_html
from tests.checks.page_report import check_budget
from tests.checks.schema_org import check_json_ld, json_ld_types
from tests.checks.social import check_social_tags
from tests.journeys.network import Network
from tests.journeys.public_pages import OUTLETS, PublicPage, public_pages
from tests.journeys.reading import Answer, addresses_of, media_file, read

pytestmark = pytest.mark.journey
NOW = datetime.now(UTC)
