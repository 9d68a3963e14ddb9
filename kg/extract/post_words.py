"""What posts, titles and honours look like (``kg/rules/posts.toml``)."""

import re
from dataclasses import dataclass
from functools import cache

from kg.rules import alternation, rules
from kg.rules.letters import quick


@dataclass(frozen=True)
class PostWords:
    """The patterns of ``posts.toml``; those of verbs read the masked text, the others the words themselves."""

    title: re.Pattern[str]  # printed behind a name
    before: re.Pattern[str]  # what ends with a post: the name follows
    post: re.Pattern[str]
    head: re.Pattern[str]
    body: re.Pattern[str]
    organ: re.Pattern[str]  # an organ of a body, at the end of what stands before a post
    unit: re.Pattern[str]
    committee: re.Pattern[str]  # a unit that any institute can have
    appointed: re.Pattern[str]
    given: re.Pattern[str]  # a post, and what gives it to the person behind it (院长一职，由|张明)
    handed: re.Pattern[str]
    firm: re.Pattern[str]
    office: re.Pattern[str]
    past: re.Pattern[str]
    honour: re.Pattern[str]
    laurel: re.Pattern[str]
    lead: re.Pattern[str]  # what opens a post that a life tells (现任, 曾任)
    called: re.Pattern[str]  # a post right behind a name: 陈武院长


@cache
def post_words() -> PostWords:
    """Return the patterns, compiled once."""
    words = rules("posts", "ends").words
    rank, post, title, academy = (alternation(words[name]) for name in ("rank", "post", "title", "academy"))
    ranked = rf"(?:{rank}){{0,3}}(?:{post})"
    one = rf"(?P<post>{ranked})"
    fellow = rf"(?:{academy})[\u4e00-\u9fff]{{0,10}}(?:科学院|工程院|学术院|科学与艺术院|学会)(?:外籍|外国|通讯|荣誉)?(?:院士|会士)"
    return PostWords(
        title=re.compile(title),
        before=re.compile(rf"{one}(?:[兼和及](?P<also>{ranked})){{0,3}}(?:{title})?$"),
        post=re.compile(one),
        head=re.compile(rf"{alternation(words['head'])}$"),
        body=re.compile(rf"[\u4e00-\u9fff（）〓]{{0,16}}?{alternation(words['body'])}$"),
        organ=re.compile(rf"{alternation(words['organ'])}$"),
        unit=re.compile(rf"(?:{alternation(words['unit'])}|[\u4e00-\u9fff]{{0,8}}(?:学院|系|{alternation(words['unit'])}))$"),
        committee=re.compile(alternation(words["unit"])),
        appointed=re.compile(
            rf"(?:，(?=本职|现任|现为|原任|曾任|兼任))?(?:[^，。；、\n]{{0,8}}?(?P<verb>{alternation(words['appoint'])})|(?P<is>(?:同志|先生|女士|{title})?[现原曾本均都也]?(?:为|系|是)))"
            rf"|(?:到|赴|在|去|前往)〓{{2,40}}(?P<there>挂职|任职|担任|任|兼任|出任)"
        ),
        given=re.compile(
            r"(?P<post>[^，。；：\n由]{2,40}?)(?:一职，?)?[则也现]?(?P<plan>拟|将|拟将|暂)?(?:由|为|是|请来了?|请到了?|邀请了?|聘请了?)[^，。；\n]{0,30}$"
        ),
        firm=re.compile(rf"{alternation(words['firm'])}$"),
        handed=re.compile(rf"{one}(?:一职|职务|之职|的?位置)(?:移交|转交|交|让)(?:给|由|与)[^，。；、]{{0,14}}$"),
        office=quick(
            rf"(?<![首主责信])(?P<verb>{alternation(words['office'])})(?!务|期|何|意|职|命)|(?<=，){alternation(words['also'])}|(?<=[，。；\n])[他她][也还现]?(?:是|为|系)"
        ),
        past=re.compile(alternation(words["past"])),
        honour=re.compile(rf"(?P<title>{fellow}|{alternation(words['honour'])})$"),
        laurel=re.compile(rf"(?:{alternation(words['laurel'])})(?:首批|第[一二三四五六七八九十]+批)?(?:获得者|入选者|得主|人选)?$"),
        lead=re.compile(r"(?:现任|现为|系|曾任|曾为|历任|原任|原为|原是|原|是|也是|还是|又是|兼任|兼|任|并任)"),
        called=re.compile(rf"(?P<post>(?:常务)?副?(?:{post}))(?![\u4e00-\u9fff]{{0,2}}(?:办公室|会议|负责制|助理))"),
    )
