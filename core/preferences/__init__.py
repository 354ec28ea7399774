"""Preferences (提醒设置): how somebody wants to be told outside the inbox, which always tells."""
