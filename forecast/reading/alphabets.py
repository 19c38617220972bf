"""Whether bytes look like the language that an encoding is for.

A lone ``£`` or ``°`` of Windows-1252 is half a character of Japanese, and ``ñ`` is the Polish
``ń``: in a table of numbers there is too little text for statistics to tell. But alphabets come in
words, and the letters of one language do not stand beside those of another.
"""

from __future__ import annotations

import re

_WORDY = frozenset({"cp932", "big5", "gb18030", "euc_kr", "cp1251"})  # whole words outside ASCII
_RUN = re.compile(r"[^\x00-\x7f]+")
# What cp1250 has and cp1252 has not, by language.
_CENTRAL = (
    "ąćęłńśźżĄĆĘŁŃŚŹŻ",  # Polish
    "čďěňřťůľĺŕćđČĎĚŇŘŤŮĽĹŔĆĐ",  # Czech, Slovak, Croatian, Slovene
    "őűŐŰ",  # Hungarian
    "ăşţĂŞŢ",  # Romanian
)
_INSIDE = re.compile(r"(?<=[a-z])[\xb3\xb9\xbf](?=[a-z])")  # ł, ą, ż as cp1252 shows them


def fits(sample: bytes, encoding: str) -> bool:
    """Whether a sample reads like words under an encoding found by statistics.

    >>> fits("Date,£617.43,£853.42".encode("cp1252"), "cp932")
    False
    >>> fits("日付,終値".encode("cp932"), "cp932"), fits("Señal".encode("cp1252"), "cp1250")
    (True, False)
    """
    shown = sample.decode(encoding, errors="replace")
    if encoding in _WORDY:
        runs = _RUN.findall(shown)
        n_in_words = sum(len(run) for run in runs if len(run) > 1)
        return n_in_words > 0.5 * sum(map(len, runs))
    if encoding == "cp1250":
        western = sample.decode("cp1252", errors="replace")
        other = {ours for ours, theirs in zip(shown, western, strict=True) if ours != theirs}
        of_one = any(other <= set(letters) for letters in _CENTRAL)
        return of_one and (len(other) > 1 or _INSIDE.search(western) is not None)
    return True
