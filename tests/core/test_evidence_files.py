"""Files of cases: what is taken, what is kept of it, what is refused and why."""

import io

import pytest
from PIL import Image

from core.case_errors import (
    EvidenceEmptyError,
    EvidenceTooLargeError,
    EvidenceTypeError,
)
from core.evidence import examination, kinds, papers
from core.evidence.flaws import FlawedError
from core.evidence.kinds import EXTENSIONS, LARGEST, Flaw, MediaType
from tests.core.files import ACTIVE, FORMATS, animated, encrypted, image, paper

SOUND = {
    MediaType.PDF: paper(),
    **{MediaType(kind): image(form) for kind, form in FORMATS.items()},
}
IMAGES = sorted(set(MediaType) - {MediaType.PDF})


def flaw(data, kind):
    with pytest.raises(FlawedError) as refused:
        examination.clean(data, MediaType(kind))
    return refused.value.flaw


def opened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", MediaType)
def test_a_file_is_what_its_bytes_and_its_name_say(kind):
    for extension in EXTENSIONS[kind]:
        assert kinds.told(SOUND[kind], f"缴款凭证.{extension}") is kind
        assert kinds.told(SOUND[kind], f"A.{extension.upper()}") is kind


@pytest.mark.parametrize("kind", MediaType)
def test_a_name_that_says_something_else_is_refused(kind):
    others = {one for each in MediaType if each is not kind for one in EXTENSIONS[each]}

    for name in (*(f"a.{one}" for one in sorted(others)), "a", "", "a.exe", "a.pdf.html"):
        with pytest.raises(EvidenceTypeError):
            kinds.told(SOUND[kind], name)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script>",
        b"GIF89a" + b"\0" * 30,
        b"PK\3\4" + b"\0" * 30,
        b"MZ" + b"\0" * 300,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PN",
        b"%P",
        b"text",
    ],
)
def test_other_kinds_of_files_are_refused(data):
    for name in ("a.pdf", "a.png", "a.jpg", "a.webp"):
        with pytest.raises(EvidenceTypeError):
            kinds.told(data, name)


def test_a_file_has_a_byte_at_least_and_ten_megabytes_at_most():
    whole = SOUND[MediaType.PDF]

    with pytest.raises(EvidenceEmptyError):
        kinds.told(b"", "a.pdf")
    assert kinds.told(whole + b"\0" * (LARGEST - len(whole)), "a.pdf") is MediaType.PDF
    with pytest.raises(EvidenceTooLargeError):
        kinds.told(whole + b"\0" * (LARGEST - len(whole) + 1), "a.pdf")


@pytest.mark.parametrize("kind", IMAGES)
def test_nothing_of_where_a_picture_was_taken_is_kept(kind):
    sent = image(FORMATS[kind], place=True)
    assert opened(sent).getexif().get_ifd(0x8825)
    assert b"HUAWEI" in sent

    kept = examination.clean(sent, kind).data

    assert not opened(kept).getexif()
    assert b"HUAWEI" not in kept
    assert b"Exif" not in kept
    assert opened(kept).format == FORMATS[kind]


@pytest.mark.parametrize("kind", IMAGES)
def test_what_the_text_of_a_picture_says_is_not_kept(kind):
    sent = image(FORMATS[kind])
    if kind is MediaType.PNG:
        from PIL.PngImagePlugin import PngInfo

        said = PngInfo()
        said.add_text("Author", "张三 530102199003078515")
        sent = image("PNG", pnginfo=said)
    elif kind is MediaType.JPEG:
        sent = image("JPEG", comment="张三 530102199003078515".encode())

    assert b"530102199003078515" not in examination.clean(sent, kind).data


@pytest.mark.parametrize("kind", IMAGES)
def test_a_turned_picture_is_kept_upright(kind):
    kept = opened(examination.clean(image(FORMATS[kind], orientation=6), kind).data)

    assert kept.size == (20, 40)
    red, green, _ = kept.convert("RGB").getpixel((18, 2))
    assert red > 200
    assert green < 100


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_way_to_hold_colours_is_kept_as_a_picture(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    kind = MediaType.JPEG if mode == "CMYK" else MediaType.PNG

    kept = opened(examination.clean(image(form, mode=mode), kind).data)

    kept.load()
    assert kept.size == (40, 20)


@pytest.mark.parametrize("kind", IMAGES)
def test_what_is_hidden_behind_a_picture_goes(kind):
    payload = b"<script>alert(document.cookie)</script>PK\5\6"

    kept = examination.clean(image(FORMATS[kind]) + payload, kind).data

    assert b"script" not in kept
    assert b"PK\5\6" not in kept


@pytest.mark.parametrize("kind", IMAGES)
def test_half_a_picture_is_refused(kind):
    sent = image(FORMATS[kind], size=(300, 300))

    assert flaw(sent[: len(sent) // 2], kind) is Flaw.UNREADABLE
    assert flaw(sent[:20], kind) is Flaw.UNREADABLE


def test_a_picture_of_one_kind_that_says_it_is_another_is_refused():
    assert flaw(image("PNG"), MediaType.JPEG) is Flaw.UNREADABLE


@pytest.mark.parametrize(("width", "height"), [(50_001, 1_000), (100_000, 100_000)])
def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked(width, height):
    small = image("PNG", size=(8, 8))
    head = small.index(b"IHDR") + 4
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    import zlib

    said = b"IHDR" + size + small[head + 8 : head + 13]
    bomb = small[:head] + said[4:] + zlib.crc32(said).to_bytes(4, "big") + small[head + 17 :]

    assert flaw(bomb, MediaType.PNG) is Flaw.TOO_MANY_PIXELS


@pytest.mark.parametrize("kind", [MediaType.PNG, MediaType.WEBP])
def test_pictures_that_move_are_refused(kind):
    assert flaw(animated(FORMATS[kind]), kind) is Flaw.ANIMATED


def test_a_paper_is_kept_byte_for_byte():
    sent = paper(3)

    kept = examination.clean(sent, MediaType.PDF)

    assert (kept.data, kept.pages) == (sent, 3)


def test_a_paper_has_a_page_at_least_and_fifty_at_most():
    assert papers.pages(paper(50)) == 50
    assert flaw(paper(51), MediaType.PDF) is Flaw.TOO_MANY_PAGES
    assert flaw(paper(0), MediaType.PDF) is Flaw.UNREADABLE


@pytest.mark.parametrize("what", ACTIVE)
@pytest.mark.parametrize("options", [{}, {"object_stream_mode": 2}], ids=["plain", "packed"])
def test_a_paper_that_acts_by_itself_is_refused(what, options):
    if options:
        import pikepdf

        options = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}

    assert flaw(paper(1, ACTIVE[what], **options), MediaType.PDF) is Flaw.ACTIVE_CONTENT


@pytest.mark.parametrize("passwords", [{}, {"user": "secret"}])
def test_a_locked_paper_is_refused(passwords):
    assert flaw(encrypted(**passwords), MediaType.PDF) is Flaw.ENCRYPTED


@pytest.mark.parametrize(
    "twofold",
    [
        lambda whole: b"<html>" + whole,
        lambda whole: whole + b"<script>alert(1)</script>",
        lambda whole: whole + b"PK\5\6" + b"\0" * 18,
        lambda whole: whole[: len(whole) // 2],
        lambda _: b"%PDF-1.7\n%%EOF",
        lambda _: b"%PDF-1.7\n" + b"[" * 100_000 + b"\n%%EOF",
    ],
    ids=["html before", "html behind", "zip behind", "half", "nothing in it", "nested"],
)
def test_two_files_in_one_and_half_papers_are_refused(twofold):
    assert flaw(twofold(paper()), MediaType.PDF) is Flaw.UNREADABLE
