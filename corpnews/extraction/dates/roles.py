"""Words next to a date that say what it is the date of. A word for "published" in a new language is added here."""

from __future__ import annotations

import re
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class DateRole(Enum):
    """What a date is the date of."""

    PUBLISHED = "published"
    MODIFIED = "modified"
    OTHER = "other"
    UNKNOWN = "unsaid"


# One line per language; a word that several languages share stands on the line of one of them.
_PUBLISHED_WORDS = """
published, posted, publication date, release date, released, issued, date, created, added on, uploaded, news release
veröffentlicht, veröffentlichung, veröffentlichungsdatum, erschienen, publiziert, erstellt, eingestellt, datum, gepostet
publié, publiée, date de publication, mis en ligne, mise en ligne, paru, posté, diffusé, écrit, rédigé
publicado, publicada, fecha, fecha de publicación, creado
postado, data, data de publicação, data da publicação, divulgado, criado
pubblicato, pubblicata, data di pubblicazione, data pubblicazione, scritto
gepubliceerd, geplaatst, publicatiedatum
опубликован, опубликована, опубликовано, дата публикации, дата, размещено, добавлено
опубліковано, дата публікації, оприлюднено, додано
opublikowano, opublikowany, data publikacji, data dodania, dodano
publikováno, zveřejněno, vydáno, vloženo, datum vydání
publikované, zverejnené, pridané, dátum
közzétéve, megjelent, dátum, publikálva
publicat, publicată, data publicării, postat
δημοσιεύτηκε, δημοσιεύθηκε, δημοσίευση, ημερομηνία
yayınlanma, yayınlandı, yayımlanma, yayımlandı, yayın tarihi, tarih, eklenme
publicerad, publicerat, publicerades, skapad
publisert, dato
udgivet, offentliggjort, oprettet
julkaistu, julkaisupäivä
objavljeno, objavljena, објављено
публикувано, публикувана
avaldatud, postitatud
paskelbta, publicēts
发布, 发布日期, 发布时间, 发布于, 发表时间, 发表于, 发表日期, 发稿时间, 时间, 日期, 添加时间
添加日期, 录入时间, 上传时间, 创建时间
發佈, 發布, 發佈日期, 發布日期, 發佈時間, 發布時間, 發表於, 發表時間, 刊登日期, 上架日期, 日期, 時間
公開, 公開日, 掲載日, 投稿日, 配信日, 発表日, 発行日, 登録日, 作成日
등록, 등록일, 작성일, 게시일, 입력, 발행일, 배포일, 보도일, 날짜
تاريخ النشر, نشر في, نُشر, تاريخ, تاریخ انتشار, تاریخ
פורסם, תאריך
प्रकाशित, प्रकाशन तिथि
วันที่เผยแพร่, วันที่, โพสต์เมื่อ, เผยแพร่
ngày đăng, đăng ngày, đăng lúc
diterbitkan, dipublikasikan, tanggal, diposting, tayang, tarikh
nashr etilgan, eʼlon qilingan, sana
"""
_MODIFIED_WORDS = """
updated, update, last updated, modified, last modified, edited, last edited, revised, reviewed, last reviewed
aktualisiert, geändert, bearbeitet, letzte änderung, letzte aktualisierung, stand
mis à jour, mise à jour, dernière mise à jour, modifié, modifiée, actualisé
actualizado, actualizada, última actualización, modificado, última modificación
atualizado, atualizada, última atualização, última modificação
aggiornato, aggiornata, ultimo aggiornamento, modificato, ultima modifica
bijgewerkt, gewijzigd, laatst gewijzigd, laatste update
обновлено, обновлен, обновлена, изменено, последнее обновление
оновлено, змінено
zaktualizowano, aktualizacja, ostatnia aktualizacja, zmodyfikowano
aktualizováno, upraveno, změněno, poslední aktualizace
aktualizované, upravené
frissítve, módosítva, utolsó frissítés
actualizat, modificat
ενημερώθηκε, τελευταία ενημέρωση
güncelleme, güncellendi, son güncelleme, güncellenme
uppdaterad, uppdaterat, ändrad, senast ändrad
oppdatert, sist endret, endret
opdateret, senest ændret
päivitetty, muokattu
ažurirano, ažurirana
更新, 更新时间, 更新日期, 最后更新, 最后修改, 最近更新, 修改时间, 修改日期
最後更新, 更新時間, 修改時間
更新日, 最終更新, 最終更新日, 改定日
수정, 수정일, 최종수정, 업데이트
آخر تحديث, تم التحديث
עודכן
अपडेट
อัปเดต, แก้ไข
cập nhật
diperbarui, pembaruan
"""
# Ends of validity, deadlines, events, births.
_OTHER_DATE_WORDS = """
until, till, as of, valid, expires, expiry date, deadline, due date, closing date, event date, date of birth, born, starts, ends
bis, bis zum, gültig, frist, anmeldeschluss, geboren, geboren am, termin
jusqu'au, jusqu’au, valable, date limite, né le, née le
hasta, hasta el, válido, vence, vence el, fecha límite
até, válido até, prazo, nascido em
fino al, valido, scadenza, nato il
tot, tot en met, geldig
до, срок, действителен
ważne do, termin
platnost
till, giltig
截止, 截至, 有效期, 活动时间, 报名截止, 会议时间
まで, 締切, 期限, 開催日, 開催日時
까지, 마감, 기한
"""
# Maximum distance of such a word from its date, in characters.
_MAX_DISTANCE_BEFORE = 30
_MAX_DISTANCE_AFTER = 12
# Maximum distance of a word that makes it another date, such as "until".
_MAX_DISTANCE_OTHER = 3
# The day on which a period starts that the date ends: "19–24 March 2026".
_START_OF_PERIOD = re.compile(r"(?<![\w.,/-])\d{1,2}\.?[–-]$")
# First character of the scripts that set no spaces between words: Chinese, Japanese, and Korean as it is set next to dates.
_FIRST_UNSPACED_CHARACTER = "\u3000"


def _compile_words(lines: str) -> re.Pattern[str]:
    """Compile a table of words to a pattern: words of an alphabet match whole words only, the longest alternative first."""
    phrases = sorted({phrase.strip() for phrase in re.split(r"[,\n]", lines.strip())})
    spaced = [phrase for phrase in phrases if phrase[0] < _FIRST_UNSPACED_CHARACTER]
    unspaced = [phrase for phrase in phrases if phrase[0] >= _FIRST_UNSPACED_CHARACTER]
    return re.compile(
        rf"(?<![^\W\d_])(?:{_group_by_first_letter(spaced)})(?![^\W\d_])|{_group_by_first_letter(unspaced)}", re.IGNORECASE
    )


def _group_by_first_letter(phrases: list[str]) -> str:
    """Return the phrases as alternatives grouped by first letter, which is ten times faster to search than a plain list."""
    groups = [(letter, list(group)) for letter, group in groupby(phrases, key=lambda phrase: phrase[0])]
    return "|".join(f"{letter}(?:{'|'.join(re.escape(phrase[1:]) for phrase in reversed(group))})" for letter, group in groups)


_ROLE_PATTERNS = {DateRole.MODIFIED: _compile_words(_MODIFIED_WORDS), DateRole.PUBLISHED: _compile_words(_PUBLISHED_WORDS)}
_OTHER_DATE_PATTERN = _compile_words(_OTHER_DATE_WORDS)


def classify_date(before: str, after: str) -> DateRole:
    """Classify a date by the words around it: first by those before it, the nearest of them most, then by those after it.

    >>> classify_date("Closed on 19–", ""), classify_date("Release 19 – ", "")
    (<DateRole.OTHER: 'other'>, <DateRole.UNKNOWN: 'unsaid'>)
    >>> classify_date("Published by Ann; last updated: ", " Press"), classify_date("", " 公開"), classify_date("Due date: ", "")
    (<DateRole.MODIFIED: 'modified'>, <DateRole.PUBLISHED: 'published'>, <DateRole.OTHER: 'other'>)
    """
    before, after = before[-_MAX_DISTANCE_BEFORE:], after[:_MAX_DISTANCE_AFTER]
    if len(before) - _find_last_end(_OTHER_DATE_PATTERN, before) <= _MAX_DISTANCE_OTHER or _START_OF_PERIOD.search(before):
        return DateRole.OTHER
    ends = {role: _find_last_end(pattern, before) for role, pattern in _ROLE_PATTERNS.items()}
    nearest = max(ends, key=ends.__getitem__)
    if ends[nearest] >= 0:
        return nearest
    return next((role for role, pattern in _ROLE_PATTERNS.items() if pattern.search(after)), DateRole.UNKNOWN)


def _find_last_end(pattern: re.Pattern[str], text: str) -> int:
    """Return the end of the last match in `text`; a negative number far from 0 if there is none."""
    return max((found.end() for found in pattern.finditer(text)), default=-_MAX_DISTANCE_BEFORE)


def mentions_modification(text: str) -> bool:
    """Return whether the text contains a word for a later change."""
    return _ROLE_PATTERNS[DateRole.MODIFIED].search(text) is not None


def remove_date_words(texts: Iterable[str]) -> str:
    """Join `texts` and remove the words for published and modified."""
    rest = " ".join(texts)
    for pattern in _ROLE_PATTERNS.values():
        rest = pattern.sub(" ", rest)
    return rest
