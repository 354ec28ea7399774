"""What the console says to the staff, in Chinese; each page has words of its own beside these."""

ROLES = {
    "intake_clerk": "数据录入",
    "case_handler": "办件经办",
    "reviewer": "复核",
    "campaign_editor": "宣传编辑",
    "campaign_approver": "宣传审批",
    "supervisor": "督办",
    "auditor": "审计",
    "administrator": "管理员",
}

MEMBER_STATES = {"invited": "已邀请", "active": "正常", "disabled": "已停用"}
MATTERS = {
    "publish_batch": "公示一批数据",
    "withdraw_batch": "整批撤回",
    "withdraw_record": "撤下一条记录",
    "start_campaign": "推送一篇宣传",
    "revoke_repair": "撤销一次信用修复",
}

# The last of this file: whoever adds a refusal adds its words here.
REFUSALS = {
    "event_not_found": "没有这条消息，请核对消息号。",
    "not_permitted": "您的角色不能做这件事。需要的话，请联系管理员。",
    "approval_not_found": "这项申请不存在，或者已经有人处理了。请刷新后再看。",
    "same_person": "提出的人不能自己审批，请由另一位同事审批。",
    "already_asked": "同样的申请正在等待审批，不用再提。",
    "form_expired": "这个页面打开得太久，或不是在本网站打开的。请返回上一页，刷新以后再提交。",
    "page_not_found": "没有这个页面。请核对网址，或从导航里重新进入。",
    "staff_sign_in_refused": (
        "登录名、密码或动态码不对。连续输错几次会暂时锁定，请稍后再试，或联系管理员。"
    ),
    "password_refused": "密码要 12 到 200 个字符，不能是登录名。请换一个。",
    "password_wrong": "现在的密码不对。连续输错几次会暂时锁定，请稍后再试。",
    "factor_refused": "动态码不对。请确认手机时间准确，输入现在显示的 6 位数字。",
    "invitation_not_found": "这个邀请已经用过、过期或不存在。请联系管理员重新邀请。",
    "login_refused": "登录名要 2 到 32 个小写字母、数字、点、横线或下划线，以字母开头。",
    "login_taken": "这个登录名已经有人用过。请换一个。",
    "staff_name_refused": "姓名要 1 到 50 个字。",
    "no_role": "至少要有一个角色。",
    "department_not_known": "没有这个部门。请核对名称。",
    "member_not_found": "没有这位工作人员。",
    "last_administrator": "这是最后一位管理员。请先让另一位同事成为管理员。",
    "upstream_busy": "另一个上报正在进行，请等它完成再试。",
    "upstream_not_found": "没有这个编号的上报文件。",
    "own_access": "不能改自己的角色、部门，也不能停用或重置自己。请由另一位管理员办理。",
    "record_elsewhere": "没有这条记录，或者它不归您的部门管理。",
    "no_reason": "请写明理由，2 到 500 个字。",
    "bad_field": "有一项填得不对，请核对格式：日期、金额、是或否。",
    "nothing_changed": "内容没有变化，没有保存。",
    "changed_meanwhile": "这条记录刚刚被别人改过。请刷新，看过新的内容以后再改。",
    "state_forbids": "记录现在的状态不能这样处理。请刷新后再看。",
    "undecided": "按现行规定还不能确定它的公示期。请先更正有关内容，再解除核实。",
    "stale_case": "您打开以后，这件又有了变化。请看过最新情况，再决定要不要办。",
    "not_held": "这件现在不由您所在的单位办理。",
    "taken": "这件已由另一位同事接办。确实要换人的，请先点“接办”。",
    "reason_wrong": "请选择理由，并且只选这一结果可以用的。",
    "text_missing": "请写明说明。",
    "remedy_wrong": "请选择与结果相符的处理方式；称“不是本单位”的，采纳后只能撤下记录。",
    "proposal_waiting": "这件已有拟办意见在等待确认。请先确认、退回，或由提出人收回。",
    "proposal_not_found": "没有等待确认的拟办意见：可能已有人处理，或申请人补充了材料。请刷新。",
    "first_decision": "参与过原决定的人不能办理它的复核，请由另一位同事办理。",
    "supplement_running": "申请人的补正期限还没有到，请到期后再办。",
    "not_extendable": "规则没有允许延长这个期限，或已经延长过一次。",
    "purpose_missing": "这件涉及个人信息，请先选择查看的目的。",
}
