"""Images, videos and attached files of an article."""

from corpnews.extraction.media.attachments import find_attachments, find_file_line
from corpnews.extraction.media.images import find_images, find_picture_place
from corpnews.extraction.media.videos import find_videos

__all__ = ["find_attachments", "find_file_line", "find_images", "find_picture_place", "find_videos"]
