"""Words known in advance, and word lists as patterns: the long way round says what the short one has to find."""

import re
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.lexicon import STRETCH, Lexicon
from kg.rules import FOLDER, alternation, expand
from kg.rules.letters import needed, possible, quick
from kg.rules.sieves import joint, sifted

WORDS = st.lists(st.text("高新区.（", min_size=1, max_size=4), min_size=1, max_size=8, unique=True)
TEXTS = st.text("高新区.（湖", max_size=30)


def longest_from_left(words: list[str], text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    while at < len(text):
        here = max((word for word in words if text.startswith(word, at)), key=len, default="")
        if here:
            found.append((at, at + len(here)))
        at += len(here) or 1
    return found


@given(WORDS, TEXTS)
def test_a_lexicon_finds_the_longest_words_from_left_to_right(words: list[str], text: str) -> None:
    found = list(Lexicon({word: word for word in words}).find(text))
    assert [(start, end) for start, end, _ in found] == longest_from_left(words, text)
    assert all(text[start:end] == word for start, end, word in found)


def test_a_long_text_is_read_in_stretches_of_lines_and_nothing_is_lost_between_them() -> None:
    text = "湖州高新区\n" * (STRETCH // 2)
    found = list(Lexicon({"高新": 1, "高新区": 2}).find(text))
    assert len(text) > 2 * STRETCH
    assert found == [(start, start + 3, 2) for start in range(2, len(text), 6)]


def test_half_a_character_is_no_word_and_no_error() -> None:
    assert list(Lexicon({"高新区": 2}).find("湖\ud800州高新区")) == [(3, 6, 2)]


@given(WORDS, TEXTS, st.sampled_from(["{}", "新?{}高", "(?:{}){{1,2}}区", "(?<=高){}", "{}$"]))
def test_a_word_list_as_a_pattern_matches_what_its_words_longest_first_match(words: list[str], text: str, frame: str) -> None:
    plain = "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"
    one, other = (re.compile(frame.format(pattern)) for pattern in (plain, alternation(tuple(words))))
    assert [m.span() for m in one.finditer(text)] == [m.span() for m in other.finditer(text)]


@given(
    st.sampled_from(
        [
            "(?<!新)高新|区",
            "(?:^|，)?高+区?",
            "(?:湖(?=州)|高{1,2})新?",
            "(?:“|)(?!新)[高新]区",
            "(?P<s>[^，]{1,3})区",
            "高?",
            "[^高]新",
            "(?:(?:高|湖)|)区",
            r"(?<!\d)(?:\d{1,2}|高+)(?P<u>新|区)",
            "(?:高新|(?:湖|新)州|(?<=高)新区)?新(?:区|州)",
            "[^高]{1,2}(?P<s>(?:新|高区)(?:区|高)|湖+州)",
            "(?:(?=新)|高)新?",
            "新区|(?<!湖)州|(?:^|[。，])[^，]{0,3}高|区(?!高)|湖",
            "(?:^|，)[高州]|(?<=高)区",
            "^高新|(?<!高)区",
        ]
    ),
    st.text("高新区湖州，“1", max_size=16),
)
def test_a_pattern_that_knows_its_first_letters_matches_what_it_matched(pattern: str, text: str) -> None:
    plain = [(m.span(), m.groupdict()) for m in re.finditer(pattern, text)]
    assert [(m.span(), m.groupdict()) for m in quick(pattern).finditer(text)] == plain
    assert [(m.span(), m.groupdict()) for m in sifted(re.compile(pattern), text)] == plain
    assert all(possible(needed(pattern), set(text[start:end])) for (start, end), _ in plain)
    assert (pair := joint(pattern)) is None or all(pair.search(text, start, end) for (start, end), _ in plain)


def shipped_patterns() -> list[str]:
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    words = [{name: tuple(listed) for name, listed in file.get("words", {}).items()} for file in files]
    return [
        expand(rule["pattern"], own) for file, own in zip(files, words, strict=True) for rule in file.get("rule", ()) if rule.get("pattern")
    ]


def test_patterns_of_the_rules_are_passed_over_where_none_of_their_letters_stands() -> None:
    known = shipped_patterns()
    assert len(known) >= 200
    assert sum(bool(needed(pattern)) for pattern in known) > 0.9 * len(known)
    assert sum(quick(pattern).pattern != pattern for pattern in known) >= 20
    assert sum(joint(pattern) is not None for pattern in known) >= 100


def test_a_sieve_lets_every_match_of_a_rule_through() -> None:
    text = "江州高新区与3家企业共建省级重点实验室，新增高新技术企业12家、省级企业研究院2家，居全省第3位，举办海创峰会。\n" * 3
    known = [re.compile(pattern) for pattern in shipped_patterns()]
    found = [[match.span() for match in sifted(pattern, text)] for pattern in known]
    assert found == [[match.span() for match in pattern.finditer(text)] for pattern in known]
    assert sum(bool(spans) for spans in found) >= 10
