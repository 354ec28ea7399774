"""WeChat's server API, as far as we use it, with wechatpy 1.8.18 underneath."""
