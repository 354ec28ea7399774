"""Words of the page on which anybody can verify a credit report."""

TITLE = "核验信用报告"
INTRODUCTION = "请输入报告首页上的报告编号和核验码，或选择收到的报告文件。"
NUMBER = "报告编号"
CODE = "核验码"
VERIFY = "核验"
FILE_TITLE = "核对文件"
FILE_HINT = "选择您收到的 PDF 文件，我们核对它有没有被改动。文件不会保存，最大 10 MB。"
FILE = "报告文件（PDF）"
COMPARE = "核对文件"
INCOMPLETE = "请把报告编号和核验码都填上。"
NO_FILE = "没有收到文件，请先选择文件再核对。"
TOO_LARGE = "文件超过 10 MB，不是我们出具的报告。请核对后再试。"

HEADINGS = {
    "valid": "这份报告有效",
    "expired": "这份报告已过有效期",
    "superseded": "这份报告已被更新的报告取代",
    "recalled": "这份报告已撤回，请不要使用",
    "unknown": "没有查到这份报告",
}
MEANINGS = {
    "valid": "报告由“信用昆明”出具，所载内容为“信息截至”之时的情况。",
    "expired": "报告由“信用昆明”出具，但已过有效期。请对方重新申请一份。",
    "superseded": "同一申请人已就这个主体取得更新的报告。请对方提供最新的一份。",
    "recalled": "报告所载的记录已被撤回、修复或更正。请对方重新申请一份。",
    "unknown": "编号或核验码不对，或者报告不是“信用昆明”出具的。请对照报告首页核对。",
}
FACTS = {
    "report_no": "报告编号",
    "name": "主体名称",
    "uscc": "统一社会信用代码",
    "as_of": "信息截至",
    "valid_until": "有效期至",
    "verified_at": "核验时间",
}
SAME = "文件与我们出具的一致，没有改动。"
DIFFERENT = "文件与这份报告不一致：可能被改动过，或者是另一份报告。请不要使用。"
NOT_OURS = "这个文件不是“信用昆明”出具的，或者被改动过。请不要使用。"
AGAIN = "核验另一份报告"
OTHER = "核验信用修复决定书"
