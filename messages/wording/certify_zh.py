"""Words of the page on which anybody can verify a certificate of repair."""

TITLE = "核验信用修复决定书"
INTRODUCTION = "请输入决定书上的编号和核验码，或选择收到的决定书文件。"
NUMBER = "决定书编号"
CODE = "核验码"
VERIFY = "核验"
FILE_TITLE = "核对文件"
FILE_HINT = "选择您收到的 PDF 文件，我们核对它有没有被改动。文件不会保存，最大 10 MB。"
FILE = "决定书文件（PDF）"
COMPARE = "核对文件"
INCOMPLETE = "请把决定书编号和核验码都填上。"
NO_FILE = "没有收到文件，请先选择文件再核对。"
TOO_LARGE = "文件超过 10 MB，不是我们出具的决定书。请核对后再试。"

HEADINGS = {
    "valid": "这份决定书有效",
    "revoked": "这份决定书已撤销，请不要使用",
    "unknown": "没有查到这份决定书",
}
MEANINGS = {
    "valid": "决定书由“信用昆明”出具。所写的信息自准予修复之日起终止公示，停止共享和使用。",
    "revoked": "修复已被撤销，所写的信息恢复公示。请以“信用昆明”现在公示的为准。",
    "unknown": "编号或核验码不对，或者决定书不是“信用昆明”出具的。请对照决定书核对。",
}
FACTS = {
    "number": "决定书编号",
    "name": "信用主体",
    "uscc": "统一社会信用代码",
    "document_no": "原决定文书号",
    "authority": "作出原决定的单位",
    "decided_on": "准予修复日期",
    "revoked_on": "撤销日期",
    "verified_at": "核验时间",
}
SAME = "文件与我们出具的一致，没有改动。"
DIFFERENT = "文件与这份决定书不一致：可能被改动过，或者是另一份决定书。请不要使用。"
NOT_OURS = "这个文件不是“信用昆明”出具的，或者被改动过。请不要使用。"
AGAIN = "核验另一份决定书"
OTHER = "核验信用报告"
