"""Bytes of a PDF in, the release's text as HTML out. `read` alone loads PDFium, and belongs in a process of its own."""
