"""The linter of texts finds what does not go through gettext, and the project has none."""

from __future__ import annotations

import ast

import pytest

from tools.untranslated import checked_modules, main, nested_messages, untranslated


def test_texts_outside_gettext_are_found() -> None:
    source = "print(f'gone: {x}')\np.add(help='words')\nraise E('it is not so')\nprint(_('fine'))"
    assert [line for line, _text in untranslated(ast.parse(source))] == [1, 2, 3]


def test_a_message_inside_an_f_string_is_found() -> None:
    assert nested_messages(ast.parse("f'{_(word)}'")) == {"_"}
    assert nested_messages(ast.parse("_('word').format(n=1)")) == set()


@pytest.mark.ci
def test_the_project_has_no_text_outside_gettext() -> None:
    assert len(checked_modules()) > 100
    assert main() == 0
