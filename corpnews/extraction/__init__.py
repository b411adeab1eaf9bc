"""One page → ExtractedPage: headline, dates, body, people, media, structured data, and what belongs to a release.

What is changed here: a date format that is not read (dates/), how a field is found, the body model (body/).
"""
