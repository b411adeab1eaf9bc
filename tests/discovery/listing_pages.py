"""Listing pages as newsrooms write them, each inside a page full of other links."""

from __future__ import annotations

from corpnews.page.page import Page

HEAD = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>News | Acme</title>
<link rel="canonical" href="{url}"><link rel="alternate" type="application/rss+xml" href="/feed/"></head><body>
<a class="skip-link" href="#main">Skip to content</a>
<header class="site-header"><a class="logo" href="/"><img src="/logo.svg" alt="Acme"></a>
<nav class="main-nav"><ul>
<li><a href="/products/">Products</a><ul class="sub-menu">
  <li><a href="/products/heavy-duty-rotary-hammer-drill/">Heavy duty rotary hammer drill</a></li>
  <li><a href="/products/cordless-angle-grinder-18-volt/">Cordless angle grinder 18 volt</a></li></ul></li>
<li><a href="/solutions/energy-management-for-large-buildings/">Energy management for large buildings</a></li>
<li><a href="/about/">About us</a></li><li><a href="/careers/">Careers</a></li><li><a href="/contact/">Contact</a></li>
<li><a href="/investors/annual-report-2023.pdf">Annual report</a></li></ul></nav>
<form action="/search/"><input name="q"></form></header>
<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/about/">Company</a></div>
"""
FOOT = """
<aside class="sidebar"><h3>Upcoming events</h3><ul>
<li><a href="/events/hannover-fair-2024/">Hannover Fair 2024, visit us in hall 9</a></li></ul>
<div class="tagcloud"><a href="/tag/drills/">drills</a>
<a href="/tag/made-in-europe/">made in europe and shipped worldwide</a></div>
<a href="https://www.linkedin.com/company/acme">Follow us on LinkedIn for the latest company news</a></aside>
<footer class="footer"><div class="col"><h4>Company</h4><ul>
<li><a href="/about/">About us</a></li><li><a href="/about/code-of-conduct-for-suppliers/">Our code of conduct</a></li>
<li><a href="/legal/modern-slavery-and-transparency-statement/">Modern slavery and transparency statement</a></li>
<li><a href="/privacy/">Privacy policy</a></li><li><a href="/products/">All products</a></li></ul></div>
<div class="social"><a href="https://twitter.com/acme">Twitter</a><a href="mailto:press@example.com">press@example.com</a></div>
<p>© 2024 Acme Corporation, 1 Main Street, updated 1 March 2024</p></footer></body></html>"""


def build_listing_page(content: str, url: str, language: str = "en") -> Page:
    """A page of ours around `content`: menus, breadcrumb, events, tags, footer with long link texts."""
    return Page.from_html(HEAD.format(language=language, url=url) + content + FOOT, url)


def build_bare_page(body: str, url: str) -> Page:
    return Page.from_html(f"<!doctype html><html><body>{body}</body></html>", url)
