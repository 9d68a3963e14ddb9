"""Notes on how a file was read, in Chinese: what was left out or decided is kept in English beside the text.

A note is one of the sentences below with its figures filled in; an unknown one is said as it stands.
"""

import re
from functools import cache

_SENTENCES = (
    (
        "decoded from {what}, which was detected and not declared; look the text over",
        "按 {what} 解码（由内容推断，文件未声明），请核对文字",
    ),
    ("decoded from {what}, as the page declares", "按网页声明的 {what} 解码"),
    ("decoded from {what}", "按 {what} 解码"),
    ("the page is nested deeper than the parser follows; text inside may be missing", "网页嵌套过深，内层文字可能缺失"),
    ("left out: lists of links ({what})", "略去链接列表 {what} 处"),
    ("left out: raw HTML ({what} pieces)", "略去夹带的 HTML {what} 处"),
    ("left out: running heads, running feet and page numbers ({what} lines)", "略去页眉、页脚和页码 {what} 行"),
    ("left out: text boxes ({what})", "略去文本框 {what} 个"),
    ("left out: footnotes ({what})", "略去脚注 {what} 条"),
    ("left out: endnotes ({what})", "略去尾注 {what} 条"),
    ("left out: comments ({what})", "略去批注 {what} 条"),
    ("left out: automatic numbers of paragraphs ({what})", "略去段落自动编号 {what} 处"),
    ("left out: deletions that are tracked ({what})", "略去修订中已删除的文字 {what} 处"),
    ("left out: hidden passages ({what})", "略去隐藏文字 {what} 处"),
    (
        "{pages} {what} are set in two columns, read one after the other; look the order over",
        "第 {what} 页分两栏排版，按先左后右读取，请核对次序",
    ),
    (
        "{pages} {what} is set in two columns, read one after the other; look the order over",
        "第 {what} 页分两栏排版，按先左后右读取，请核对次序",
    ),
    ("{pages} {what} are without text (a picture or an empty page)", "第 {what} 页没有文字（图片或空白页）"),
    ("{pages} {what} is without text (a picture or an empty page)", "第 {what} 页没有文字（图片或空白页）"),
    (
        "lines that look like rows of a table: {what}; tables of a PDF are not read as figures, give the DOCX or HTML if there is one",
        "有 {what} 行像是表格；PDF 中的表格不作为数字读取，如有 DOCX 或 HTML 版请改用",
    ),
)


def note_said(note: str, lang: str) -> str:
    """Return ``note`` in ``lang`` (``zh`` or ``en``).

    >>> note_said("left out: footnotes (2)", "zh"), note_said("pages 1, 3 are without text (a picture or an empty page)", "zh")
    ('略去脚注 2 条', '第 1, 3 页没有文字（图片或空白页）')
    """
    if lang != "zh":
        return note
    for pattern, zh in _patterns():
        if found := pattern.fullmatch(note):
            return zh.format(what=found["what"] if "what" in pattern.groupindex else "")
    return note


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_pattern(en)), zh) for en, zh in _SENTENCES)


def _pattern(sentence: str) -> str:
    escaped = re.escape(sentence).replace(r"\{pages\}", "pages?")
    return escaped.replace(r"\{what\}", "(?P<what>[^;]+?)")
