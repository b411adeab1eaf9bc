"""Link texts of newsrooms in many languages, one language a line: "next", "read more", "all news", years.

Add a word here if a newsroom's language is missing. Labels are whole link texts in the form of `normalize_label`.
"""

from __future__ import annotations

import re

from corpnews.web.text import normalize_label, split_labels, split_terms

# A link text that is only a year, perhaps with the number of its articles.
YEAR_LABEL = re.compile(r"^\W*((?:19[89]|20[0-4])\d)\s*[年년г]?度?\.?(?:\s*\(?\d+\)?)?\W*$")

# Links to an article that do not name it.
READ_MORE_LABELS = split_labels("""
more|read more|read|read on|read full story|read article|read the article|read story|read post|continue|continue reading
learn more|see more|view more|view|view details|details|full story|full article|find out more|discover more|show more
click here|here|link|open|read the full release|read release|view release|view press release|read press release|download
more info|more information
更多|查看更多|阅读更多|查看详情|详情|了解更多|了解详情|阅读全文|全文|查看全文|更多详情|详细|查看
閱讀更多|了解更多詳情|詳情|查看詳情|點此|點擊
続きを読む|続きを見る|もっと見る|詳しくはこちら|詳細|詳細を見る|詳しく見る|詳しく|こちら|記事を読む
더 보기|더보기|자세히 보기|자세히|자세히보기|전체보기|계속 읽기
mehr|mehr lesen|weiterlesen|weiter lesen|mehr erfahren|mehr dazu|zum artikel|zur meldung|artikel lesen|jetzt lesen
zur pressemitteilung
lire la suite|lire plus|en savoir plus|voir plus|lire|lire l'article|suite|plus|voir|voir l'article|découvrir
leer más|leer mas|más|ver más|seguir leyendo|más información|saber más|ver noticia|ver|leer|leer noticia
ler mais|leia mais|saiba mais|ver mais|mais|continuar lendo|continue lendo|continuar a ler|ler
leggi tutto|leggi di più|continua|continua a leggere|scopri di più|leggi|approfondisci|vai
подробнее|читать далее|читать|далее|читать полностью|узнать больше|ещё|еще|больше|докладніше
اقرأ المزيد|اقرا المزيد|المزيد|قراءة المزيد|التفاصيل|تفاصيل
lees meer|meer|meer lezen|verder lezen|läs mer|les mer|læs mere|lue lisää|czytaj więcej|więcej|czytaj dalej|číst dále|více
devamını oku|devamı|baca selengkapnya|selengkapnya|xem thêm|đọc thêm|chi tiết|tovább|citește mai mult|batafsil
อ่านต่อ|อ่านเพิ่มเติม|διαβάστε περισσότερα|περισσότερα|קרא עוד|עוד|और पढ़ें
""")

READ_MORE_PREFIXES = ("read more", "continue reading", "learn more", "lire la suite", "leer más", "weiterlesen", "leggi tutto")

# Links to the next page of a listing.
NEXT_LABELS = split_labels("""
next|next page|older|older posts|older entries|older news|older articles|older stories|previous posts|previous entries
previous articles|earlier|earlier posts|load more|show more|see more|view more|more news|more posts|more articles
more stories|more press releases|more releases|more results|show next page|go to next page|last|last page
go to last page|end
下一页|下一頁|下页|下頁|后一页|末页|尾页|最后一页|末頁|尾頁|最後一頁|加载更多|查看更多|载入更多|更多新闻|更多|載入更多|向后
次へ|次のページ|次のページへ|次|次の10件|次の20件|最後|最後へ|最後のページ|もっと見る|さらに見る|過去の記事|前の記事
다음|다음 페이지|다음페이지|다음 목록|마지막|마지막 페이지|맨끝|끝|더보기|더 보기|이전 글
weiter|nächste|nächste seite|vorwärts|ältere|ältere beiträge|ältere meldungen|ältere artikel|mehr laden|mehr anzeigen
letzte|letzte seite|zur nächsten seite|weitere meldungen|weitere
suivant|suivante|page suivante|suivants|articles plus anciens|plus anciens|plus ancien|dernier|dernière page|fin
charger plus|voir plus|afficher plus|articles précédents
siguiente|siguientes|página siguiente|siguiente página|entradas anteriores|entradas antiguas|más antiguos|último|última
última página|cargar más|ver más|mostrar más|más noticias
próximo|próxima|seguinte|próxima página|página seguinte|seguintes|mais antigos|posts antigos|posts mais antigos
carregar mais|ver mais|mostrar mais|fim|mais notícias
successivo|successiva|avanti|pagina successiva|prossima|prossimo|articoli più vecchi|articoli meno recenti|ultima
ultima pagina|carica altri|carica altro|mostra altri|fine
следующая|следующая страница|вперед|вперёд|далее|след|следующие|последняя|последняя страница|в конец|старые записи
предыдущие записи|показать ещё|показать еще|загрузить ещё|загрузить еще|ещё новости|еще новости|наступна|наступна сторінка
التالي|التالية|الصفحة التالية|الأخيرة|الأخير|المزيد|تحميل المزيد|عرض المزيد|الأقدم
volgende|volgende pagina|oudere berichten|laatste|meer laden|nästa|nästa sida|äldre inlägg|neste|eldre innlegg|næste|ældre
seuraava|vanhemmat|następna|następna strona|następne|dalej|starsze wpisy|další|další stránka|starší|következő|régebbi
sonraki|sonraki sayfa|sonra|berikutnya|selanjutnya|seterusnya|tiếp|tiếp theo|trang sau|următoarea|următor|înainte|keyingi
ถัดไป|επόμενη|επόμενο|הבא|अगला
wczytaj więcej|załaduj więcej|pokaż więcej|lataa lisää|näytä lisää|ladda fler|visa fler|ladda mer|last inn flere|vis flere
hent flere|indlæs flere|načíst další|zobrazit další|daha fazla yükle|daha fazla göster|több betöltése|încarcă mai multe
φόρτωση περισσότερων|laad meer|toon meer|muat lebih banyak|tải thêm|טען עוד|โหลดเพิ่มเติม|завантажити ще|показати ще
""")

NEXT_SIGNS = split_terms("› » > >> → ⟩ ›› »» ▶ ► ❯ 〉 ＞ chevron_right navigate_next keyboard_arrow_right")


def is_next_text(text: str) -> bool:
    """Whether a link's whole text means "next" or "older", as a word or a sign."""
    return text in NEXT_SIGNS or normalize_label(text) in NEXT_LABELS


# Links to all releases or to the archive.
ALL_LABELS = split_labels("""
archive|archives|archived|all|all news|all press releases|all releases|all posts|all articles|all stories
all media releases|view all|see all|show all|view all news|see all news|view all press releases|see all press releases
view all releases|view all posts|view archive|news archive|press archive|press release archive|press release archives
press releases archive|media archive|blog archive|older releases|past releases|past news|previous releases|previous years
news and press releases|press releases|media releases|news releases
全部|全部新闻|所有新闻|历史新闻|新闻存档|往期|归档|全部新聞|所有新聞|歷史新聞
一覧|一覧へ|一覧を見る|ニュース一覧|お知らせ一覧|すべて|すべて見る|アーカイブ|バックナンバー|過去のニュース|過去のお知らせ
ニュースリリース一覧
전체|전체보기|목록|전체 뉴스|보관함|아카이브
archiv|alle|alle meldungen|alle news|alle pressemitteilungen|alle anzeigen|alle ansehen|pressearchiv|newsarchiv
toutes les actualités|tous les communiqués|tout voir|voir tout|toutes|tous|toutes les news
archivo|todas|todas las noticias|ver todas|ver todo|ver todas las noticias|histórico|hemeroteca
arquivo|todas as notícias|todos|ver tudo
archivio|tutte|tutte le news|tutte le notizie|vedi tutti|vedi tutte|tutti|archivio comunicati|archivio news
архив|все|все новости|архив новостей|все публикации|смотреть все|все пресс релизы|всі новини|архів
الأرشيف|الكل|جميع الأخبار|عرض الكل|كل الأخبار
archief|alle nieuws|arkiv|alla nyheter|arkisto|archiwum|wszystkie|arşiv|tümü|tüm haberler|arsip|tất cả|archív
""")
