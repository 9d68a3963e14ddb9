"""What a review says, in Chinese and in English."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "keys": (
        "a 采纳 · r 驳回 · c 更正 · m 合并 · p 拆分 · l 链接 · n 添加事实 · s 跳过 · u 撤销上一条 · q 退出",
        "a accept · r reject · c correct · m merge · p part · l link · n new fact · s skip · u undo the last · q quit",
    ),
    "keys-offer": (
        "a 采纳 · r 驳回 · c 更正 · s 跳过 · u 撤销上一条 · q 退出",
        "a accept · r reject · c correct · s skip · u undo the last · q quit",
    ),
    "change": ("更正（键=值，空行结束；可用键：{keys}）：", "correct (key=value, an empty line ends; keys: {keys}): "),
    "why": ("理由（可空）：", "why (may be empty): "),
    "saved": ("已写入 {path}", "written to {path}"),
    "undone": ("已撤销", "undone"),
    "nothing": ("没有可撤销的", "nothing to undo"),
    "same": ("没有更正任何内容", "nothing was changed"),
    "unchanged": ("没有写入任何决定", "no decision was written"),
    "unusable": ("“{said}”不可用：应为{about}", "“{said}” cannot be used: write {about}"),
    "none": ("没有可疑的事实。", "No doubtful facts."),
    # which name
    "no-names": ("这句话里没有可以合并、拆分或链接的名称", "the sentence holds no name to merge, part or link"),
    "which-name": ("哪个名称（编号，空行放弃）：", "which name (its number, an empty line gives up): "),
    # merge
    "other-name": ("“{name}”与哪个名称是同一事物（报告中的名称，空行放弃）：", "“{name}” is the same thing as (a name of the report): "),
    "unknown-name": ("报告中没有名称“{name}”；相近的有：{near}", "the report has no name “{name}”; near it: {near}"),
    "kept-name": ("保留哪个名称：1 {one}，2 {other}：", "which name to keep: 1 {one}, 2 {other}: "),
    # split
    "one-mention": ("“{name}”只出现一次，无从拆分", "“{name}” is printed only once, there is nothing to part"),
    "part-places": (
        "第 {number} 个事物是哪几处（如 1,3；空行即其余各处）：",
        "thing {number} is meant at (such as 1,3; an empty line is the rest): ",
    ),
    "part-name": ("它的名称（空行不变：{name}）：", "its name (an empty line leaves {name}): "),
    "part-apart": ("与同名者的区别，如所在单位：", "what tells it from its namesake, such as an employer: "),
    "parts-same": ("各部分须名称不同，或区别不同", "the parts need different names, or different words that tell them apart"),
    # link
    "no-record": ("没有考虑过任何记录", "no record was considered"),
    "which-record": (
        "所指的记录（编号；0 都不是；或 {schemes}=标识；空行放弃）：",
        "the record that is meant (its number; 0 for none of them; or {schemes}=id; an empty line gives up): ",
    ),
    # add
    "add-quote": ("引文（报告中的原话，空行放弃）：", "quote (words of the report, an empty line gives up): "),
    "not-there": ("报告中没有这句话，请照原文", "the report does not say this; copy its words"),
    "several-places": ("这句话出现 {number} 次，指哪一处（编号）：", "it is printed {number} times, which one is meant (its number): "),
    "add-kind": (
        "种类：1 数字 2 关系 3 名称 4 事件 5 整体与部分：",
        "kind: 1 number, 2 relation, 3 name, 4 event, 5 part of a whole: ",
    ),
    "add-word": ("{key}（{about}）：", "{key} ({about}): "),
    "add-more": ("其他（键=值，空行结束；可用键：{keys}）：", "more (key=value, an empty line ends; keys: {keys}): "),
}
