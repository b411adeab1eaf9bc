"""URLs, hosts, sites, languages and text: general knowledge of the web, none of articles or newsrooms.

What is changed here: what counts as the same URL (urls.py), which hosts are one site, how a language is detected.
"""
