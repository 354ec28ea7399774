"""What the console says to the staff, in Chinese."""

REFUSALS = {
    "not_permitted": "您的角色不能做这件事。需要的话，请联系管理员。",
    "approval_not_found": "这项申请不存在，或者已经有人处理了。请刷新后再看。",
    "same_person": "提出的人不能自己审批，请由另一位同事审批。",
    "already_asked": "同样的申请正在等待审批，不用再提。",
}
