"""Names of agencies in credits, bylines and datelines, as alternatives of regular expressions."""

from __future__ import annotations

from typing import Final

NEWS_AGENCIES: Final = "AFP|ANSA|AP|D[Pp][Aa]|dpa|EFE|EPA|Kyodo|Lusa|NTB|REUTERS|Reuters|Ritzau|TASS|Xinhua|Yonhap"
PHOTO_AGENCIES: Final = (
    "Alamy|Bloomberg|Corbis|GETTY(?: IMAGES)?|Getty(?: Images)?|IMAGO|[Ii]mago|Keystone|Shutterstock|iStock|picture alliance"
)
