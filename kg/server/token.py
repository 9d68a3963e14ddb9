"""The token without which nothing is updated."""

import hmac
from pathlib import Path

from kg.errors import InputError
from kg.server.refusal import Refusal
from kg.wording import Lang, Wording

_SHORTEST = 16  # characters: what is shorter can be guessed


def read_token(path: Path, lang: Lang = "zh") -> str:
    """Return the token in the file ``path``, one line of visible ASCII; raises ``InputError``.

    It stands in a file and not among the arguments, which every user of the machine can list.
    """
    try:
        token = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        what = Wording("无法读取令牌", "the token cannot be read")
        raise _unfit(path, what, lang) from error
    if len(token) < _SHORTEST or any(not "!" <= character <= "~" for character in token):
        raise _unfit(path, Wording("这不是可用的令牌", "this is no token that can be used"), lang)
    return token


def check_token(authorization: str, token: str) -> None:
    """Raise ``Refusal`` (401) unless ``authorization`` is ``Bearer`` and ``token`` (RFC 6750); takes equal time for all wrong ones."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode()):
        return
    what = Wording("更新须有令牌", "an update needs the token")
    remedy = Wording("以 Authorization: Bearer 发送正确的令牌", "send the right one as Authorization: Bearer")
    challenge = 'Bearer realm="update"' + (', error="invalid_token"' if given else "")
    raise Refusal(401, "token", what, remedy, {"WWW-Authenticate": challenge})


def _unfit(path: Path, what: Wording, lang: Lang) -> InputError:
    remedy = Wording(f"写入一行至少 {_SHORTEST} 个可见 ASCII 字符", f"write one line of at least {_SHORTEST} visible ASCII characters")
    return InputError(path, what.said(lang), remedy.said(lang))
