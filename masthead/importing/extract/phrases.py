"""Lines by which furniture gives itself away, in the languages we meet most."""

from __future__ import annotations

import re

FURNITURE_LINE = re.compile(
    r"""^\W*(?:
    related(?:\s(?:articles?|posts?|stories|news|content|topics|coverage|reading))?\W*$
  | related\s?:.* | (?:see|read)\s(?:also|more|next)\b.* | also\sread\b.* | more\s?:\s.*
    | up\snext\W*$
  | more\s(?:from|on|in|about|stories|news|to\sread|like\sthis|explainers)\b.{0,60}
  | (?:you\s(?:may|might)\s(?:also\s)?(?:like|enjoy)|recommended|suggested|latest|trending|popular
      |most\s(?:read|popular|viewed|shared)|editor'?s\spicks?|don'?t\smiss
    |in\scase\syou\smissed)\b.{0,40}
  | (?:sign\sup|subscribe|register)\b(?!.*\b(?:said|says|told)\b).{0,120}
  | get\s(?:our|the)\b.{0,60}(?:newsletter|letter|inbox|app|alerts).*
  | (?:ad[\s-]?free|support\s(?:independent|local|our)|become\sa\s(?:member|supporter|subscriber
    |patron))\b.*
  | (?:like\swhat\syou\sread|enjoying\sth(?:is|e)\s(?:article|story))\b.* | donate(?:\snow)?\W*$
  | follow\s(?:us|the|our|@)\b.{0,200}
  | share(?:\s(?:this|on|via|article|story|save).{0,60})?\W*$ | copy\slink\W*$
    | print(?:\sthis.*)?$
  | (?:advertise?ment|sponsored(?:\scontent)?|promoted|paid\s(?:content|post))\b.{0,60}
  | (?:story|article)\scontinues\sbelow.* | scroll\s(?:down\s)?to\scontinue.*
  | listen\s(?:to\s(?:this|the).*|now)?$ | click\shere\b.{0,80} | view\s(?:profile|comments
    |all)\W*$
  | skip\sto\b.{0,40} | (?:open\s|close\s)?menu\W*$ | (?:search|home|log\s?in|sign\sin|log\sout
    |account|my\saccount)$
  | (?:save|like|email|e-mail|whatsapp|facebook|twitter|x|telegram|reddit|linkedin|instagram
    |youtube|gab|minds|rumble
      |gettr|bluesky|mastodon|tiktok|threads|copy|rss|pinterest|flipboard)$
  | tags?\s?:.* | (?:topics|filed\sunder|categor(?:y|ies)|tagged)\s?:.*
    | \d+\s?min(?:ute)?s?(?:\sread)?$
  | \d+\s(?:minutes?|hours?|days?|weeks?)\sago$
  | (?:load|show|see)\s(?:more|all)\b.{0,40} | back\sto\stop$ | next\sarticle.*
    | previous\sarticle.*
  | your\se-?mail\saddress.* | enter\syour\se-?mail.* | by\ssubscribing\b.* | i\sagree\sto\b.*
  | (?:accept|reject|manage)\s(?:all|cookies)\b.* | we\s(?:use|value)\s(?:cookies|your\sprivacy).*
  | \d+:\d\d$ | /$ | comments?\s?\(?\d*\)?$ | no\scomments.* | leave\sa\s(?:comment|reply).*
  | lesen\ssie\s(?:auch|mehr|dazu).* | mehr\s(?:zum\sthema|aus|von)\b.{0,60} | auch\sinteressant.*
  | (?:anzeige|werbung|publicidad|publicité|annonse|reklame|advertentie|pubblicità)$
  | (?:artikel\steilen|teilen|anmelden|menü|startseite|zum\sinhalt.*|jetzt\sabonnieren.*
    |newsletter.{0,60})$
  | (?:te\spuede\sinteresar|lee\stambién|leer\smás|más\ssobre|noticias\srelacionadas|suscríbete
    |compartir)\b.*
  | (?:lire\saussi|à\slire\saussi|leggi\sanche|lees\sook|les\sogs[åa]|læs\sogs[åa]
    |läs\socks[åa])\b.*
  | (?:شارك|اقرأ\sأيضا|الأكثر\sقراءة|اشترك).{0,60}
    )$""",
    re.I | re.X,
)

# From here on nothing belongs to the article: comments, forms, the foot of the page.
END_LINE = re.compile(
    r"""^\W*(?:
    (?:leave|post|add)\sa\s(?:comment|reply)\b.* | join\sthe\s(?:conversation|discussion).*
    | sort\sby\b.*
  | comments?\s?\(?\d*\)?$ | \d+\s(?:comments|responses|thoughts)\b.* | show\scomments
  | (?:copyright|©|\(c\))\s?.{0,100} | .{0,60}all\srights\sreserved.*
    | alle\srechte\svorbehalten.*
  | (?:about\sus|imprint|impressum|datenschutz|privacy(?:\s(?:policy|settings))?|cookie\ssettings
      |terms(?:\s(?:of\suse|and\sconditions|of\sservice))?|contact\sus)\b.{0,60}
  | your\semail\saddress\swill\snot\b.* | kommentare?\W*\d*\W*$ | comentarios\W*\d*\W*$
  | about\sthe\sauthors?$ | view\sprofile$
    )$""",
    re.I | re.X,
)

SENTENCE_END = re.compile(r"[.!?…:؟。][\"'”’»“)\]]*$")


def is_furniture_line(line: str) -> bool:
    """True for a short line that is not the article's. Long paragraphs are never judged here."""
    return len(line) < 220 and bool(FURNITURE_LINE.match(line) or END_LINE.match(line))


def ends_the_article(line: str) -> bool:
    return len(line) < 160 and bool(END_LINE.match(line))


def reads_as_sentence(line: str) -> bool:
    return bool(SENTENCE_END.search(line))
