"""Invoices and reports as PDF."""

from masthead.ads.papers.invoice import invoice_paper
from masthead.ads.papers.report import report_paper

__all__ = ["invoice_paper", "report_paper"]
