"""Invoices, credit notes and reports as PDF."""

from masthead.ads.papers.credit_note import credit_note_paper
from masthead.ads.papers.invoice import invoice_paper
from masthead.ads.papers.report import report_paper

__all__ = ["credit_note_paper", "invoice_paper", "report_paper"]
