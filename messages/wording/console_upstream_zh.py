"""What the console's page of exports to the platform above says, in Chinese."""

MADE = "已写出第 {} 份，{} 条。请在下面下载，交给上级平台。"
NOTHING = "没有还要报送的修复结果。"
