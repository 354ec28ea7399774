"""The outside world on your desk: WeChat, its phone, the identity provider. Speaks HTTP only."""
