"""Files as citizens send them, and as nobody should."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

GPS = {1: "N", 2: (25.0, 2.0, 0.0), 3: "E", 4: (102.0, 42.0, 0.0)}
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def image(form="JPEG", size=(40, 20), *, mode="RGB", orientation=None, place=False, **options):
    """An image whose upper left corner is red; with EXIF if it is turned or says where."""
    drawn = Image.new(mode, size, "white" if mode != "P" else 0)
    if mode in ("RGB", "RGBA"):
        drawn.paste((255, 0, 0), (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    if place:
        exif[0x010F] = "HUAWEI"
        exif.get_ifd(0x8825).update(GPS)
    kept = io.BytesIO()
    drawn.save(kept, form, exif=exif, **options)
    return kept.getvalue()


def animated(form):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    kept = io.BytesIO()
    frames[0].save(kept, form, save_all=True, append_images=frames[1:], duration=100)
    return kept.getvalue()


def paper(pages=1, change=None, **options):
    """A PDF of blank pages, changed as told."""
    made = Pdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(200, 200))
    if change:
        change(made)
    kept = io.BytesIO()
    made.save(kept, **options)
    return kept.getvalue()


def encrypted(**passwords):
    return paper(encryption=pikepdf.Encryption(owner="owner", **{"user": ""} | passwords))


def _action(kind, **others):
    return Dictionary(S=Name("/" + kind), **others)


def _open(action):
    def change(made):
        made.Root.OpenAction = action

    return change


def _on_page(made):
    button = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    button.A = _action("JavaScript", JS=String("app.alert(1)"))
    made.pages[0].Annots = Array([made.make_indirect(button)])


def _named(made):
    named = Array([String("start"), _action("JavaScript", JS=String("app.alert(1)"))])
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=named))


def _attached(made):
    made.attachments["payload.exe"] = b"MZ"


def _chained(made):
    later = _action("Launch", F=String("cmd.exe"))
    link = _action("GoTo", D=Array([made.pages[0].obj, Name.Fit]), Next=Array([later]))
    made.Root.OpenAction = link


def _form(made):
    made.Root.AcroForm = Dictionary(XFA=String("<xdp/>"), Fields=Array([]))


ACTIVE = {
    "JavaScript at the opening": _open(_action("JavaScript", JS=String("app.alert(1)"))),
    "JavaScript in a button": _on_page,
    "JavaScript by name": _named,
    "a program to launch": _open(_action("Launch", F=String("cmd.exe"))),
    "a program to launch, in a chain": _chained,
    "a form to send": _open(_action("SubmitForm", F=String("https://x.example"))),
    "an attachment": _attached,
    "a form of programs": _form,
}
