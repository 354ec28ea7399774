"""What core refuses, in Chinese: one sentence, and what to do next."""

REFUSALS = {
    "entity_not_found": "没有查到这个主体。请核对统一社会信用代码，或改用名称查询。",
    "record_not_found": "没有找到这条记录。它可能已经停止公示，请核对编号。",
    "citizen_id_refused": "这像是一个身份证号，我们不用它查询，也不会保存。"
    "查询本人信用记录，请到“信用昆明”App 实名登录后查看。",
    "query_too_short": "请至少输入名称中的两个汉字，或 18 位统一社会信用代码。",
    "not_entitled": "只有这条记录的主体本身（经实名核验的代表）可以办理。请先核验您代表的单位。",
    "already_open": "这条记录已有同类申请正在办理，请凭受理编号查询进度。",
    "repair_too_early": "还没有到可以申请修复的日期，请在该日期之后再申请。",
    "not_repairable": "这类记录不适用信用修复。如认为记录有误，请提出异议。",
    "batch_not_found": "没有这个批次，请用 ./xinyong batch list 核对编号。",
    "list_not_found": "没有这份名单，请核对名单代码。",
    "release_not_found": "没有这一期名单，请核对后再试。",
    "case_not_found": "没有找到这个受理编号，请核对后再试。",
    "not_followed": "您还没有关注，无需取消。",
    "too_many_follows": "关注的主体已到上限。请先取消一些关注，再添加新的。",
    "report_not_found": "没有找到您申请的这份报告，请核对报告编号。",
    "report_in_the_making": "这个主体的另一份报告正在为您生成，请稍后再申请。",
    "too_many_reports": "今天申请的报告已到上限，请明天再申请。",
    "report_not_ready": "报告还没有生成，请稍后再试。如果状态是“没有生成”，请重新申请。",
    "report_recalled": "报告所载的记录已被撤回、修复或更正，这份报告不能再用。请重新申请一份。",
    "report_damaged": "这份报告的文件已不完整，不能再下载。请重新申请一份。",
    "not_a_code": "这不是统一社会信用代码。代码有 18 位，由数字和大写字母组成，请核对。",
    "institution_not_found": "没有登记这个机构，请核对它的统一社会信用代码。",
    "institution_known": "这个代码的机构已经登记，不用再登记。",
    "key_not_found": "没有这样开头的密钥，请用 ./xinyong key list 核对。",
    "check_not_found": "没有找到本机构的这次核查，请核对核查编号。",
    "sign_in_not_found": "没有这台已登录的设备，它可能已经退出。请刷新设备列表。",
    "verified_elsewhere": "您已用另一个账户实名核验，一个人只能有一个实名账户。"
    "请用那个账户登录；不再使用的，请先注销它，再来核验。",
    "another_person": "这个账户已核验为另一个人，不能改为您。请用您自己的手机号码登录后再核验。",
    "operation_not_found": "没有找到这项办理任务，它可能已经过期。请核对编号，或重新申请。",
    "operation_failed": "试了多次都没有办成，请重新申请。如仍不成功，请与我们联系。",
    "verification_not_found": "这次核验已经用过、已超过十分钟，或不是在这台设备上开始的。"
    "请重新开始核验。",
    "identity_unusable": "统一身份认证没有给出可用的姓名和 18 位身份证号，或单位代码有误。"
    "请先在统一身份认证完成实名，再来核验。",
    "minor": "未成年人的信用信息依法不予归集，所以不能核验。请由监护人联系我们办理。",
    "not_verified": "这个账户还没有实名核验。请先完成实名核验，再试一次。",
    "file_unreadable": "请上传 CSV 文件（UTF-8 或 GB18030），每行一个信用代码，后面可以写名称。",
    "batch_too_long": "一次最多核查一万个主体，请分成几份。",
    "check_not_ready": "这次批量核查还没有做完，请稍后再下载。",
    "authorisation_not_found": "没有可用的授权：授权码不对，不是给本机构、这个用途的，"
    "或已到期、已撤销。",
    "authorisation_term": "授权要写今天或以后的日期，最长一年。",
    "too_many_authorisations": "有效的授权已到上限，请先撤销不用的。",
}
