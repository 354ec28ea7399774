"""Campaigns (诚信宣传): an article told to an audience by WeChat's own ways; two have agreed."""
