"""What can be asked, one entry an address."""

from typing import Any

from masthead.api.description.words import Schema, ref

PLACE = "^[0-9]{1,10}\\.[0-9]{6}-[0-9]{1,18}$"
BEFORE: Schema = {
    "name": "before",
    "in": "query",
    "required": False,
    "description": "A place in the list, as it stands in “next”; what is no place is ignored.",
    "schema": {"type": "string", "pattern": PLACE},
}
AFTER: Schema = {
    "name": "after",
    "in": "query",
    "required": False,
    "description": "A slug, as it stands in “next”: what comes after it.",
    "schema": {"type": "string", "maxLength": 120},
}
# One step of a path: a word without a slash, and not the two that mean where you are.
SLUG: Schema = {"type": "string", "pattern": "^[a-z0-9-]+$", "maxLength": 120}


def step(name: str, about: str, schema: Schema) -> Schema:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": about,
        "schema": schema,
    }


def problem(about: str, schema: str = "Problem") -> Schema:
    return {
        "description": about,
        "content": {"application/problem+json": {"schema": ref(schema)}},
    }


NOT_FOUND = problem("There is nothing at that address.")
MOVED = {
    "description": "The path has another spelling, where the answer is.",
    "headers": {
        "Location": {"description": "With the usual spelling.", "schema": {"type": "string"}}
    },
}
UNCHANGED = {"description": "You have this very answer already (If-None-Match)."}


def asked(
    name: str,
    summary: str,
    schema: str,
    *params: Schema,
    tag: str = "Articles",
    **others: Schema,
) -> Schema:
    """others: answers beside 200, by status, as `_410`."""
    more = {status.lstrip("_"): said for status, said in others.items()}
    is_in_path = any(param["in"] == "path" for param in params)
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "tags": [tag],
            **({"parameters": list(params)} if params else {}),
            "responses": {
                "200": {
                    "description": summary,
                    "headers": {
                        "ETag": {
                            "description": "Send it back as If-None-Match.",
                            "schema": {"type": "string"},
                        }
                    },
                    "content": {"application/json": {"schema": ref(schema)}},
                },
                **({"301": MOVED} if is_in_path else {}),
                "304": UNCHANGED,
                **({"404": NOT_FOUND} if is_in_path else {}),
                **more,
            },
        }
    }


SECTION_ID = step("section", "Its id.", {"type": "integer", "minimum": 1, "maximum": 2**31})
PATHS: dict[str, Any] = {
    "/outlet": asked("getOutlet", "The title you are asking", "Outlet", tag="Titles"),
    "/outlets": asked("listOutlets", "All titles of the network", "Outlets", tag="Titles"),
    "/sections": asked("listSections", "The title's sections", "Sections", tag="Titles"),
    "/articles": asked("listArticles", "Articles, newest first, 30 a page", "Articles", BEFORE),
    "/articles/{id}": asked(
        "getArticle",
        "One article",
        "Article",
        step("id", "Its id.", {"type": "string", "format": "uuid"}),
        _410=problem("It was withdrawn.", "Gone"),
    ),
    "/sections/{section}/articles": asked(
        "listArticlesOfSection", "Articles of a section", "Articles", SECTION_ID, BEFORE
    ),
    "/authors/{author}/articles": asked(
        "listArticlesOfAuthor",
        "Articles by an author",
        "Articles",
        step("author", "Their slug.", SLUG),
        BEFORE,
    ),
    "/topics/{topic}/articles": asked(
        "listArticlesOfTopic",
        "Articles on a topic",
        "Articles",
        step("topic", "Its slug.", SLUG),
        BEFORE,
    ),
    "/months": asked("listMonths", "The months that have articles", "Months"),
    "/months/{month}/articles": asked(
        "listArticlesOfMonth",
        "Articles of a month (UTC)",
        "Articles",
        step("month", "E.g. 2026-11.", {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}),
        BEFORE,
    ),
    "/corrections": asked(
        "listCorrections", "What was corrected, newest first, 30 a page", "Corrections", BEFORE
    ),
    "/authors": asked(
        "listAuthors", "Who writes for the title, 100 a page", "Authors", AFTER, tag="People"
    ),
    "/topics": asked(
        "listTopics", "What the title writes about, 100 a page", "Topics", AFTER, tag="Topics"
    ),
}


def for_partners(asked: dict[str, Any]) -> dict[str, Any]:
    """The same, with a key."""
    operation = asked["get"]
    answers = {
        **operation["responses"],
        "401": problem("There is no good key with the question."),
        "403": problem("The key is not for this title."),
    }
    for of_the_shelf in ("301", "304"):
        answers.pop(of_the_shelf, None)
    answers["200"].pop("headers", None)
    return {"get": {**operation, "security": [{"key": []}], "responses": answers}}


PARTNERS_PATHS: dict[str, Any] = {
    "/ninjs/articles": for_partners(
        asked(
            "listNinjs",
            "What was released last, as ninjs 3.1, each article once, 30 a page",
            "NinjsItems",
            BEFORE,
            tag="For partners",
        )
    ),
    "/ninjs/articles/{id}": for_partners(
        asked(
            "getNinjs",
            "One article as ninjs 3.1",
            "NinjsItem",
            step("id", "Its id.", {"type": "string", "format": "uuid"}),
            tag="For partners",
        )
    ),
}
SECURITY: Schema = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A partner's key, which the title's publisher makes.",
    }
}
