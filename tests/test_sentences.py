"""Cards: an answer read with its sentences, the quote marked where it stands."""

from kg.ask import ask
from kg.ask.sentences import find_sentences, render_cards
from kg.catalogue import load_catalogue
from kg.report import Report
from kg.store import Store


def test_every_quote_finds_its_sentence_and_stands_in_it(first_store: Store, first_report: Report) -> None:
    answer = ask(first_store, load_catalogue().question("evidence/second-hand"), {})
    assert answer.rows
    sentences = find_sentences(first_store, answer)
    assert sentences
    for (_, start, end), sentence in sentences.items():
        assert first_report.text[sentence.start : sentence.start + len(sentence.text)] == sentence.text
        assert sentence.start <= start < end <= sentence.start + len(sentence.text)


def test_rows_of_one_passage_share_its_sentence_printed_once(first_store: Store) -> None:
    answer = ask(first_store, load_catalogue().question("people/leads"), {"person": "李校堃"})
    cards = render_cards(answer, find_sentences(first_store, answer))
    assert "1. 李校堃" in cards
    assert "2. 李校堃" in cards
    assert cards.count("领衔的温医大病毒研究院") == 1
    assert "【" in cards
    assert "四川大学温州皮革研究院签约落地" in cards  # the sentence, not only the quote


def test_cards_speak_english_too(first_store: Store) -> None:
    answer = ask(first_store, load_catalogue().question("people/leads"), {}, "en")
    cards = render_cards(answer, find_sentences(first_store, answer), "en")
    assert "characters" in cards
    assert cards.rstrip().endswith("rows")
