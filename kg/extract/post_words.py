"""What posts, titles and honours look like (``kg/rules/posts.toml``)."""

import re
from dataclasses import dataclass
from functools import cache

from kg.rules import alternation, rules


@dataclass(frozen=True)
class PostWords:
    """The patterns of ``posts.toml``; all but ``appointed``, ``office`` and ``introduced`` read the words themselves."""

    title: re.Pattern[str]
    before: re.Pattern[str]
    appointed: re.Pattern[str]
    post: re.Pattern[str]
    head: re.Pattern[str]
    body: re.Pattern[str]
    given: re.Pattern[str]
    handed: re.Pattern[str]
    office: re.Pattern[str]
    past: re.Pattern[str]
    honour: re.Pattern[str]
    laurel: re.Pattern[str]
    introduced: re.Pattern[str]


@cache
def post_words() -> PostWords:
    """Return the patterns, compiled once."""
    words = rules("posts", "ends").words
    rank, post, title = (alternation(words[name]) for name in ("rank", "post", "title"))
    one = rf"(?P<post>(?:{rank})?(?:{post}))"
    return PostWords(
        title=re.compile(title),
        before=re.compile(rf"{one}(?:兼(?:{rank})?(?:{post})){{0,3}}(?:{title})?$"),
        appointed=re.compile(rf"(?:，(?=本职|现任|现为|原任|曾任|兼任))?[^，。；、\n]{{0,8}}?(?:{alternation(words['appoint'])})"),
        post=re.compile(one),
        head=re.compile(rf"{alternation(words['head'])}$"),
        body=re.compile(rf"[\u4e00-\u9fff（）〓]{{0,16}}?{alternation(words['body'])}$"),
        given=re.compile(rf"{one}(?:一职)?(?:由|为|是)[^，。；]{{0,30}}$"),
        handed=re.compile(rf"{one}(?:一职|职务|之职|的?位置)(?:移交|转交|交|让)(?:给|由|与)[^，。；、]{{0,14}}$"),
        office=re.compile(
            rf"(?:(?<=[，；。])[^，。；〓首]{{0,4}}?|(?:并|还|同时))(?<![首主责信])(?P<verb>{alternation(words['office'])})(?!务|期|何|意|职|命)"
        ),
        past=re.compile(alternation(words["past"])),
        honour=re.compile(rf"(?P<title>{alternation(words['honour'])})$"),
        laurel=re.compile(rf"(?:{alternation(words['laurel'])})(?:首批|第[一二三四五六七八九十]+批)?(?:获得者|入选者|得主|人选)?$"),
        introduced=re.compile(
            rf"(?:[、，](?P<lead>现任|现为|系|曾任|曾为|原|是|也是|还是|又是)?)(?P<body>〓{{2,40}}|[\u4e00-\u9fff〓]{{2,16}}(?P<society>学会|协会|联合会|商会|联盟))的?(?P<post>(?:{rank})?(?:{post}))(?=[、，。；\n（]|$)"
        ),
    )
