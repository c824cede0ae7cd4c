"""Answers that nobody wrote: vacations, tickets, receipts (RFC 3834 and what came before it)."""

from email.message import Message

from masthead.mail.incoming.message import header
from masthead.mail.incoming.verdicts import says

# Present at all in an automatic answer, and hardly anywhere else.
SIGNS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Auto-Reply-From",
    "X-Autoresponder",
    "X-AutoReply-From",
    "X-Auto-Response-Suppress",
    "X-Vacation",
    "X-FC-MachineGenerated",
    "X-Mail-Autoreply",
    "X-POST-MessageClass",
)
PRECEDENCES = {"auto_reply", "auto-reply", "junk", "bulk", "list"}


def is_of_machine(message: Message) -> bool:
    submitted = header(message, "Auto-Submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    if any(header(message, name) for name in SIGNS):
        return True
    if header(message, "Precedence").lower() in PRECEDENCES:
        return True
    kind = header(message, "Content-Type").lower()
    if "disposition-notification" in kind:  # a receipt that it was read or thrown away
        return True
    return says("machine_subject", header(message, "Subject"))
