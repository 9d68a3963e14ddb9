"""Say what a model's run came to: candidates, rejected claims and unanswered passages, each counted by its reason."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from kg.extract.extractor import Extraction

Lang = Literal["zh", "en"]
REASONS: dict[str, tuple[str, str]] = {
    "quote-not-found": ("引文不在所示段落", "the quote does not stand in the passage"),
    "quote-ambiguous": ("引文在段落中不止一处", "the quote stands in several places"),
    "words-not-in-quote": ("所指词语不在引文", "the words do not stand in the quote"),
    "words-not-in-passage": ("时期词语不在段落", "the words of the period do not stand in the passage"),
    "name-not-found": ("名称不在段落", "a name does not stand in the passage"),
    "names-not-in-quote": ("引文未提主语和宾语", "the quote names neither subject nor object"),
    "number-unreadable": ("数字无法读出", "the number cannot be read"),
    "rank-unreadable": ("位次无法读出", "the rank cannot be read"),
    "period-unreadable": ("时期无法读出", "the period cannot be read"),
    "unknown-place": ("不是已知地名", "no known place"),
    "unknown-kind": ("类别不在词表", "the kind is none of the five"),
    "unknown-word": ("用词不在词表", "a word outside the vocabulary"),
    "incomplete": ("缺少内容或形式不对", "a part is missing or has the wrong form"),
    "no-object": ("不是 JSON 对象", "no JSON object"),
    "same-twice": ("同一事物与其自身", "a thing and itself"),
    "repeated": ("重复", "said twice"),
    "too-many": ("超过每段上限", "beyond the limit of a passage"),
}
SILENCES: dict[str, tuple[str, str]] = {
    "timeout": ("超时", "no answer in time"),
    "no-json": ("回答不是所要的 JSON", "the answer is not the JSON asked for"),
    "too-large": ("回答过大或被压缩", "the answer is too large or compressed"),
    "server-error": ("服务器出错", "the server failed"),
    "no-connection": ("连接中断", "the connection failed"),
    "too-long": ("句子过长，未送出", "the sentence is too long to be shown"),
    "not-asked": ("连续无回答，未再提问", "not asked after several without an answer"),
}


def summary(extraction: Extraction, lang: Lang = "zh") -> str:
    """Return the counts in lines to read, each ended."""
    english = lang == "en"
    maker = extraction.maker
    count = len(list(extraction.facts))
    lines = [
        f"{maker.name} ({maker.version}): {count} undecided candidates"
        if english
        else f"{maker.name}（{maker.version}）：{count} 条候选，均未裁定"
    ]
    groups = (
        ("rejected", "拒绝", REASONS, (rejection.reason for rejection in extraction.rejected)),
        ("passages without an answer", "未答段落", SILENCES, (unread.reason for unread in extraction.unread)),
    )
    for name, chinese, known, reasons in groups:
        counted = Counter(reasons)
        if counted:
            said = _counted(counted, known, english)
            lines.append(
                f"{name}: {counted.total()} ({'; '.join(said)})" if english else f"{chinese}：{counted.total()}（{'；'.join(said)}）"
            )
    return "".join(f"{line}\n" for line in lines)


def _counted(counted: Counter[str], known: dict[str, tuple[str, str]], english: bool) -> Iterable[str]:
    return [f"{known[reason][english]} {number}" for reason, number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
