"""What the page says on which the staff revoke a repair, in Chinese."""

TITLE = "撤销修复"
BRINGS = (
    "提交虚假材料取得的修复可以撤销。撤销以后，记录立即恢复公示，公示期按规则重新计算，决定书失效，"
    "承诺标为“违背”，申请人和收到过更正通知的人会收到通知。要由两个人办。"
)
WAITS = "已经有人提出，等另一位同事决定。"
APPROVALS = "看待审批的"
ASK = "提出撤销"
NOTHING = "这件现在不能撤销：只有准予了的修复可以。"
ASKED = "已提出，等另一位同事审批。"
