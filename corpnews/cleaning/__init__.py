"""ExtractedPage → Article: the body without boilerplate, its renderings, and the account of what was removed.

What is changed here: a label that stays in bodies, such as a share bar's (phrases.toml), Markdown and HTML (render.py).
"""
