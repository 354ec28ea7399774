"""The words of one's own credit: in both languages, for all that can be shown."""

import pytest

from core.audit import purposes
from core.casework.heard import LifePurpose
from core.casework.purposes import CasePurpose
from core.institutions import CheckPurpose
from core.records import RecordState
from core.shares import AskerKind, ShareState
from core.timeline import Happening
from messages.wording import own_en, own_zh
from tests.messages.test_wording import words

TABLES = {
    "HAPPENINGS": set(Happening),
    "RECORD_STATES": set(RecordState),
    "SHARE_STATES": set(ShareState),
    "SHARE_ASKERS": set(AskerKind),
    "SHARE_SAID": {True, False},
}


def test_both_languages_have_the_same_keys():
    assert words(own_zh) == words(own_en)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("module", [own_zh, own_en], ids=["zh", "en"])
def test_there_is_a_word_for_all_that_one_sees_of_ones_own_credit(module, name):
    assert set(getattr(module, name)) == TABLES[name]


def test_whoever_looks_for_a_purpose_of_ours_is_named():
    ours = {*CheckPurpose, *CasePurpose, *LifePurpose}
    assert ours <= set(own_zh.LOOK_PURPOSES)
    for asker in (purposes.own_file(1), purposes.own_report(1), purposes.share(1)):
        assert asker.role in own_zh.LOOK_ROLES
        assert asker.purpose in own_zh.LOOK_PURPOSES
