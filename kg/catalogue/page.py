"""The page that lists all questions: ``docs/questions.md``."""

from collections.abc import Iterator

from kg.catalogue import Catalogue, Question, System
from kg.catalogue.question import ANY, Parameter


def questions_page(catalogue: Catalogue) -> str:
    """Return the page as Markdown, in both languages: every question with its parameters, and who answers for each system."""
    return "\n".join(_lines(catalogue)) + "\n"


def _lines(catalogue: Catalogue) -> Iterator[str]:
    yield "# 问题目录 · Questions"
    yield ""
    yield f"共 {len(catalogue)} 个问题，每个是 `queries/` 下的一个文件，可在任何 SPARQL 1.1 编辑器中直接运行。"
    yield f"The catalogue has {len(catalogue)} questions, each a file under `queries/` that runs as it stands in any SPARQL 1.1 editor."
    yield ""
    yield "```text"
    yield "kg ask people/of-institute institute=国科大温州研究院"
    yield "kg ask statistics/of-place place=湖州市 --lang en --format csv"
    yield "```"
    yield ""
    yield "参数可写全称、简称或 IRI；不写即不限。标 † 的参数必须给出。"
    yield "A parameter takes a name, a short name or an IRI; left out, it restricts nothing. Those marked † must be given."
    for subject, label in catalogue.subjects.items():
        yield ""
        yield f"## {label.zh} · {label.en}"
        yield ""
        yield "| 问题 · question | 问什么 | what it asks | 参数 · parameters |"
        yield "| --- | --- | --- | --- |"
        for question in catalogue.of_subject(subject):
            yield _question_row(question)
    yield from _systems(catalogue.systems)


def _question_row(question: Question) -> str:
    link = f"[{question.name}](../queries/{question.name}.rq)"
    parameters = ", ".join(_parameter(parameter) for parameter in question.parameters)
    return f"| {link} | {question.summary.zh} | {question.summary.en} | {parameters} |"


def _parameter(parameter: Parameter) -> str:
    if parameter.default is None:
        return f"`{parameter.name}`†"
    return f"`{parameter.name}`" if parameter.default == ANY else f"`{parameter.name}={parameter.default}`"


def _systems(systems: tuple[System, ...]) -> Iterator[str]:
    yield ""
    yield "## 首份报告的系统 · Systems of the first report"
    yield ""
    yield "报告着重讲述的每个系统由哪些问题回答。Which questions answer for each system that the report describes."
    yield ""
    yield "| | 地方 | 系统 | system | 问题 · ask |"
    yield "| --- | --- | --- | --- | --- |"
    for number, system in enumerate(systems, start=1):
        askings = "<br>".join(f"`{asking}`" for asking in system.askings)
        yield f"| {number} | {system.place} | {system.label.zh} | {system.label.en} | {askings} |"
