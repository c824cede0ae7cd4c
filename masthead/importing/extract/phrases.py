"""Lines by which furniture gives itself away, in the languages we meet most."""

from __future__ import annotations

import re

from .vocabulary import vocabulary

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
  | get\s(?:our|the|an?|your)\b.{0,60}(?:letter|inbox|app|alerts|ad[\s-]?free|edition
      |subscription)\b.*
  | .{0,40}\bad[\s-]?free\s(?:subscription|version|edition|membership|access|reading)\b.{0,60}
  | (?:please\s)?support\s(?:us\b|(?:(?:independent|local|quality|free|honest|our)\s)+(?:journalis
      |report|news|work|media|press|paper|site|mission)).*
  | (?:ad[\s-]?free|become\sa\s(?:member|supporter|subscriber
    |patron))\b.*
  | (?:like\swhat\syou\sread|enjoying\sth(?:is|e)\s(?:article|story))\b.* | donate(?:\snow)?\W*$
  | follow\s(?:us|our|@)\b.{0,200}
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
  | tweet$ | pin(?:\sit)?$ | e-?mail\sthis.{0,40} | \d[\d.,]*\s?k?$
  | \d[\d.,]*\s?k?\s(?:shares?|views?|likes?|reads?)\W*$ | hits\s?:\s?\d+$
  | tags?\s?:.* | (?:topics|labels|filed\sunder|categor(?:y|ies)|tagged(?:\s(?:in|with))?)\s?:.*
    | \d+\s?min(?:ute)?s?(?:\sread)?$
  | \d+\s(?:minutes?|hours?|days?|weeks?)\sago$
  | (?:load|show|see)\s(?:more|all)\b.{0,40} | back\sto\stop$ | next\sarticle.*
    | previous\sarticle.*
  | (?:older|newer|previous|next)\s(?:posts?|story|entry)\b.{0,120}
  | (?:(?:your|first|last|full)\s)?(?:name|e-?mail(?:\saddress)?|website|comment|message)\s?\*?$
  | save\smy\sname\b.* | required\sfields\b.* | \*\s?(?:indicates\s)?required.* | post\scomment$
  | we\s(?:will\snever|won'?t|never|do\snot|don'?t)\s(?:share|sell|spam)\syou.* | notify\sme\sof\b.*
  | you\smust\sbe\slogged\sin\b.* | this\ssite\suses\sakismet.*
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
    (?:.{0,40}[.?!]\s)?(?:leave|post|add)\sa\s(?:comment|reply)\b.*
    | join\sthe\s(?:conversation|discussion).*
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

# Below these stand other articles' titles.
LIST_HEADING = re.compile(
    r"""^\W*(?:
    related(?:\s(?:articles?|posts?|stories|news|content|topics|coverage|reading))?
  | (?:read|see)\s(?:also|more|next) | also\s(?:read|interesting)
  | more\s(?:from|on|in|about)\b.{0,40}
  | more\s(?:stories|news|articles|posts|headlines)\b.{0,40}
  | you\s(?:may|might)\s(?:also\s)?(?:like|enjoy|be\sinterested\sin)\b.{0,20}
  | (?:recommended|suggested|trending|latest|popular|breaking)
      (?:\s(?:for\syou|now|news|articles|posts|stories|headlines|reading))?
  | most\s(?:read|popular|viewed|shared)\b.{0,20} | editor'?s\spicks? | don'?t\smiss | up\snext
  | in\scase\syou\smissed\sit | (?:previous|next)\s(?:article|post|story)
  | mehr\szum\sthema | lesen\ssie\s(?:auch|mehr) | auch\sinteressant | noticias\srelacionadas
  | te\spuede\sinteresar | (?:à\s)?lire\saussi
    )\W*$""",
    re.I | re.X,
)

NETWORKS = vocabulary(
    """
    gab gabtv minds telegram rumble gettr truthsocial facebook twitter x whatsapp instagram youtube
    linkedin reddit pinterest tiktok threads bluesky mastodon vk viber messenger odysee bitchute
    parler mewe flipboard email e-mail print tweet share copylink rss newsletter pinit
    """
)
JOINING = vocabulary("and or on us via by with more follow share our channels channel at")
FOLLOWING = re.compile(
    r"^(?:please\s|you\scan\s(?:also\s)?)?(?:follow|join|find|like|watch|visit)\b.{0,60}?"
    r"(?:\bon\b|:)(?P<rest>.{1,160})$",
    re.I,
)
QUOTED = re.compile(r"^[“\"„«].*[”\"“»]")
SPOKEN = re.compile(r"\b(?:said|says|told|recalls|added)\b.*\.[\"”’»]*$", re.I)
SENTENCE_END = re.compile(r"[.!?…:؟。][\"'”’»“)\]]*$")


def is_furniture_line(line: str) -> bool:
    """True for a short line that is not the article's. Long paragraphs are never judged here."""
    if len(line) >= 220:
        return False
    telling = (
        FURNITURE_LINE.match(line)
        or END_LINE.match(line)
        or LIST_HEADING.match(line)
        or names_only_networks(line)
    )
    return bool(telling) and not QUOTED.match(line) and not SPOKEN.search(line)


def names_only_networks(line: str) -> bool:
    """ "Facebook Twitter WhatsApp", "Share 12", "Follow the Post on Gab, Minds and Gettr"."""
    if following := FOLLOWING.match(line):
        line = following["rest"]
    whole = re.sub(r"\b(gab|truth|copy|pin) (?=tv\b|social\b|link\b|it\b)", r"\1", line.lower())
    words = re.findall(r"[\w-]+", whole)
    if words and words[0] not in NETWORKS | JOINING and not words[0].isdigit():
        return False
    known = [word in NETWORKS for word in words]
    return any(known) and all(
        k or w in JOINING or w.isdigit() for k, w in zip(known, words, strict=True)
    )


def heads_a_list(line: str) -> bool:
    return len(line) < 80 and bool(LIST_HEADING.match(line))


def ends_the_article(line: str) -> bool:
    return len(line) < 160 and bool(END_LINE.match(line))


def reads_as_sentence(line: str) -> bool:
    return bool(SENTENCE_END.search(line))
