"""Layout of a PDF: characters to lines, paragraphs, headings and tables, as HTML.

Only `read` and `glyphs` load PDFium, which must run in a process of its own.
"""
