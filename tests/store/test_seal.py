"""What is under lock opens on this computer, and nowhere else."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from relexp.store.seal import Seal


def test_what_was_closed_opens_again_and_says_nothing_closed(tmp_path):
    seal = Seal(tmp_path / "of" / "ours" / "key")
    text = seal.close(b"Amina and Bo")
    assert seal.open(text) == b"Amina and Bo"
    assert "Amina" not in text
    assert Seal(tmp_path / "of" / "ours" / "key").open(text) == b"Amina and Bo"


def test_the_key_is_its_owner_s_alone(tmp_path):
    Seal(tmp_path / "key").close(b"x")
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "nothing", "gAAAAAB" + "x" * 80])
def test_another_key_or_another_text_opens_nothing(tmp_path, text):
    seal, other = Seal(tmp_path / "key"), Seal(tmp_path / "other")
    mine = seal.close(b"secret")
    other.close(b"theirs")
    assert other.open(mine) is None
    assert seal.open(text) is None
    assert Seal(tmp_path / "none").open(mine) is None
    (tmp_path / "key").write_bytes(b"not a key")
    assert seal.open(mine) is None


def test_two_pages_that_begin_at_once_share_one_key(tmp_path):
    for place in range(20):
        seals = [Seal(tmp_path / str(place)) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            texts = list(pool.map(lambda seal: seal.close(b"x"), seals))
        assert all(seal.open(text) == b"x" for seal in seals for text in texts)


def test_the_key_may_lie_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("RELEXP_KEY_FILE", str(tmp_path / "here"))
    Seal().close(b"x")
    assert (tmp_path / "here").is_file()


def test_for_thousands_of_secrets_the_key_is_read_once(tmp_path):
    seal = Seal(tmp_path / "key", once=True)
    text, mark = seal.close(b"Amina and Bo"), seal.mark("Amina")
    assert Seal(tmp_path / "key").mark("Amina") == mark
    (tmp_path / "key").write_bytes(b"not a key")
    assert (seal.open(text), seal.mark("Amina")) == (b"Amina and Bo", mark)
    assert Seal(tmp_path / "key").open(text) is None
    assert Seal(tmp_path / "key", once=True).open(text) is None
