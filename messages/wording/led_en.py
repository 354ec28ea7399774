"""What a talk leads to: pages, what may have been meant, and what is said of a page (English)."""

PAGES = {
    "mine": "Open “My credit”",
    "viewers": "Open “Who viewed my data”",
    "cases": "Open “My cases”",
    "progress": "Open “Progress of a case”",
    "repair": "Open “Credit repair”",
    "objection": "Open “Object”",
    "report": "Open “Credit report”",
    "follows": "Open “My follows”",
    "complaint": "Open “Complain”",
    "verify": "Open “Verify a report”",
    "certificate": "Open “Verify a repair decision”",
    "authentic": "Open “Check a message”",
    "lists": "Open “Red and black lists”",
    "news": "Open “Policy and news”",
    "me": "Open “My account”",
    "data": "Open “My data”",
    "shares": "Open “Access codes”",
    "settings": "Open “Notices”",
    "inbox": "Open “My messages”",
    "identity": "Open “Identity”",
    "scoreboard": "Open the scoreboard of departments",
    "decisions": "Open licences and penalties",
    "promises": "Open credit promises",
    "rules": "Open the rules in force",
    "list": "Open this list: all of it, and follow it",
    "entity": "Open its page: records in full, report, objection, repair",
}

NAMES = {
    "find": "查信用 (look up)",
    "wages": "查欠薪 (unpaid wages)",
    "travel": "查旅行社 (travel agency)",
    "lists": "黑名单 (lists)",
    "mine": "我的信用 (my credit)",
    "viewers": "谁看过我的信用 (who viewed my data)",
    "cases": "我的办件 (my cases)",
    "progress": "查进度 (progress)",
    "repair": "信用修复 (repair)",
    "object": "异议 (object)",
    "follow": "关注企业 (follow)",
    "follows": "我的关注 (my follows)",
    "report": "信用报告 (report)",
    "verify": "核验报告 (verify)",
    "authentic": "核验消息 (check a message)",
    "policy": "政策新闻 (news)",
    "complain": "投诉 (complain)",
    "window": "服务窗口 (counter)",
    "human": "人工 (a human)",
    "bank": "征信 (bank credit)",
    "account": "我的账户 (my account)",
    "data": "我的信息 (my data)",
    "share": "授权码 (access code)",
    "settings": "提醒设置 (notices)",
    "inbox": "我的消息 (my messages)",
    "steps": "补充材料 (add documents)",
    "scores": "时限榜 (scoreboard)",
    "decisions": "看双公示 (decisions)",
    "promises": "看承诺 (promises)",
    "rules": "现行规则 (rules)",
    "effects": "失信有什么影响 (effects)",
    "link": "绑定 (link the app)",
}

SAID = {
    "mine": "Your own records are shown to you alone, not in a chat. Sign in with your real name.",
    "viewers": "Who looked at your data, when and why, is all recorded. Sign in to see it.",
    "cases": "Sign in to see your cases, their deadlines and who holds them; we tell you of news.",
    "progress": "With its receipt code you see where a case is, who holds it and the days left.",
    "repair": "Credit repair is free and needs no agent:\n"
    "① Put the wrong right (pay the fine, for example)\n"
    "② See from when you may apply: send the company's name, each record says it\n"
    "③ Apply with proof and a promise, and keep the receipt code\n"
    "The result is usually told within {days} working days: before a tender apply early. "
    "Once granted, publication ends at once and whoever was told is told again.\n"
    "For a company's record, choose “My organisation” on the page.",
    "object": "If a record is wrong, overdue, not to be published, or "
    "not about you, object: free.\n"
    "① Find the record\n② Say what is wrong; photos may be added\n③ Keep the receipt code\n"
    "Until it is decided the record is marked as disputed.\n"
    "For a company's record, choose “My organisation” on the page.",
    "report": "Public credit reports are free. One about a company needs a sign-in, one about you "
    "your real name. Anybody can verify a report by its number and code.",
    "authentic": "信用昆明 is free: we never ask for money, a password or "
    "a code, and no agent works "
    "for us. Whoever offers to delete a record for money is a fraud; you may call 110. "
    "If you have paid, or given a card number or a code, call 110 and your bank at once.",
    "policy": "Policy, news and articles are here. Send “subscribe” to be sent new ones.",
    "complain": "Say who, what and when; photos may be added, and you can follow it after signing "
    "in. If it is urgent call 12345.",
    "greet": "Hello, this is 信用昆明. Send a company's Chinese name or code, or “help”.",
    "thanks": "You are welcome. Send a company's Chinese name or code, or “help”.",
    "follow_app": "To join what WeChat and the app tell you, send “绑定”.",
    "account": "Pages opened in this account sign you in by themselves, without a password. “My "
    "account” has identity, messages and settings; a new telephone number is set in the app.",
    "data": "You can export all your data, have it corrected or deleted, withdraw consent, and "
    "close your account. You are first asked to prove who you are.",
    "share": "You can give somebody a code with which to see your credit for as long as you say; "
    "you can take it back, and every look is recorded.",
    "settings": "You decide what you are told of, by which way, and during which hours not.",
    "inbox": "All that was sent to you is in “My messages”, even what was deleted in WeChat.",
    "steps": "Adding documents, withdrawing and asking for a review are done in “My cases”: "
    "open the case.",
    "link": "Identity: prove it on the page below; never send your ID number here.\nTo link the "
    "app, take a code in it (我的 → 绑定码) and send “绑定” and the code within ten "
    "minutes, for example: 绑定 7KQ2M9XD.\nTo unlink, use the app.",
    "scores": "Credit Kunming gives no score and no rank to persons or companies. How fast "
    "departments work is on the scoreboard.",
    "decisions": "Licences and penalties are published within seven working days and can be "
    "browsed; send a company's name for its own.",
    "promises": "Credit promises, and whether they were kept, can be browsed; send a company's "
    "name for its own.",
    "rules": "How long a record is shown, and from when repair may be asked for, is in the "
    "rules; each record says its own dates, too.",
    "effects": "A published record may count in tenders, public procurement, licences and loans; "
    "only laws and the national catalogue may say how. Minor penalties are not published. Put "
    "it right, then send “repair”.",
}
