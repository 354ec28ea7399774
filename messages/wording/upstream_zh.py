"""Words of the files for the platform above: the columns, in the order of the layout."""

WHAT = {"granted": "准予修复", "revoked": "撤销修复"}
COLUMNS = {
    "what": "事项",
    "certificate_no": "信用修复决定书编号",
    "name": "信用主体名称",
    "uscc": "统一社会信用代码",
    "id_number": "身份证号码",
    "record_kind": "信息种类",
    "list_kind": "名单",
    "document_no": "原决定文书号",
    "authority": "原决定机关",
    "granted_on": "准予修复日期",
    "revoked_on": "撤销修复日期",
    "shown_again_until": "恢复公示截止日期",
}
