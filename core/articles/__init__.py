"""Articles (文章): policy, news, campaigns and terms explained, written in Markdown."""
