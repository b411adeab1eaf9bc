"""The tables of phrases: what they match in each language, and sentences that they must not match."""

from __future__ import annotations

import re
import time
import tomllib
from importlib.resources import files

import pytest

from corpnews.cleaning.phrases import classify_end_matter_heading, expand_phrase, find_boilerplate_reason, normalize_phrase

BOILERPLATE = {
    "release line": [
        "FOR IMMEDIATE RELEASE", "For Immediate Release: October 10, 2026", "Zur sofortigen Veröffentlichung", "即时发布",
    ],
    "site search": [
        "Site Search", "Search...", "站内搜索", "サイト内検索", "검색", "Suche nach:", "Rechercher", "Buscar", "Pesquisar",
        "Cerca nel sito", "Поиск", "بحث",
    ],
    "recommended search": [
        "Recommended search:", "Hot searches: heat pump, sensor", "热门搜索：热泵、传感器", "인기 검색어",
        "Beliebte Suchbegriffe", "Популярные запросы",
    ],
    "breadcrumb": [
        "You are here: Home > News > Releases", "Home » Newsroom » Contoso opens a plant", "Home / News / 2024",
        "当前位置：首页 > 新闻中心 > 公司新闻", "您的位置 : 首页", "現在位置：ホーム", "Sie sind hier: Startseite",
        "Vous êtes ici :", "Inicio › Noticias", "Você está aqui: Início", "Sei qui: Home", "Главная » Новости",
        "أنت هنا: الرئيسية",
    ],
    "back link": [
        "< Back", "« Back to list", "BACK TO TOP", "【返回列表】", "返 回", "返回上一页", "一覧へ戻る", "목록",
        "← Zurück zur Übersicht", "Retour à la liste", "Volver al listado", "Voltar", "Torna all'elenco", "Назад к списку",
        "العودة إلى القائمة",
    ],
    "previous or next": [
        "上一篇：公司新厂房投产", "下一篇 : 没有了", "Next Post", "Previous article: Contoso wins an award", "次の記事 »",
        "이전글 신제품 출시", "Nächster Beitrag", "Article suivant", "Siguiente", "Próxima notícia", "Articolo precedente",
        "Следующая новость", "التالي",
    ],
    "share bar": [
        "Share this", "Share this press release:", "Share on Facebook", "Tweet", "PIN FOR LATER", "分享到：", "分享到微信朋友圈",
        "この記事をシェアする", "공유하기", "Auf LinkedIn teilen", "Partager sur Facebook", "Compartir en WhatsApp",
        "Compartilhe", "Condividi su Facebook", "Поделиться в соцсетях", "شارك على فيسبوك",
    ],
    "toast": [
        "Web link copied", "Link copied to clipboard!", "复制成功！", "URLをコピーしました", "링크가 복사되었습니다.",
        "Link kopiert", "Lien copié", "Enlace copiado", "Ссылка скопирована", "تم نسخ الرابط",
    ],
    "share hint": [
        "Go share it with your friends on WeChat!", "打开微信“扫一扫”，打开网页后点击屏幕右上角分享按钮",
        "Condividilo con i tuoi amici", "Поделитесь с друзьями",
    ],
    "QR hint": ["Scan the QR code to follow us", "扫描二维码关注我们", "QRコード"],
    "print or font size": [
        "Print", "Print this page", "【字体：大 中 小】", "打印本页", "关闭窗口", "印刷する", "글자 크기", "Drucken",
        "Imprimer", "Imprimir", "Stampa", "Версия для печати", "طباعة",
    ],
    "view counter": [
        "点击：123 次", "浏览次数：1,024", "Views: 1,234", "2.5k views", "조회수 88", "Просмотров: 310", "عدد المشاهدات: 12",
    ],
    "reading time": ["Reading time : 5 minutes", "Lesezeit: 3 Minuten", "Lesezeit: 3 Min.", "5 min read", "阅读时间：3分钟"],
    "tag line": [
        "Tags: heat pumps, sensors", "Filed under: Products", "标签：热泵 传感器", "タグ：センサー", "Schlagwörter: Wärmepumpe",
        "Теги: насосы",
        "This entry was posted in News, Company. Bookmark the permalink.",
        "Dieser Beitrag wurde am 3. Mai 2024 veröffentlicht und unter Neues abgelegt.",
        "Esta entrada fue publicada en Noticias. Guarda el enlace permanente.",
    ],
    "read more": [
        "Read more »", "Läs mer", "Lue lisää", "Číst více",
        "阅读全文", "続きを読む", "더보기", "Weiterlesen", "Lire la suite", "Leer más", "Leia mais",
        "Leggi tutto", "Подробнее", "اقرأ المزيد",
    ],
    "related heading": [
        "Related news", "You might also like", "Other posts you may enjoy", "相关阅读", "推荐新闻：", "関連記事", "관련기사",
        "Das könnte Sie auch interessieren", "À lire aussi", "Noticias relacionadas", "Читайте также",
        "Other press releases", "Weitere spannende Artikel", "Fler nyheter", "Свързани новини", "Povezane vijesti",
    ],
    "comments": [
        "Leave a comment", "0 Comments", "Comments (3)", "发表评论", "コメントを書く", "댓글 2", "Kommentar schreiben",
        "Laisser un commentaire", "Оставить комментарий", "Lämna ett svar",
        "You can leave a response, or trackback from your own site.",
        "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
        "Vaše e-mailová adresa nebude zveřejněna. Vyžadované informace jsou označeny *",
    ],
    "newsletter": [
        "Subscribe to our newsletter", "立即订阅", "Newsletter abonnieren", "S’inscrire à la newsletter", "Suscríbete",
        "Подписаться на рассылку", "Join Contoso for free to get updates from this writer.",
    ],
    "cookie notice": [
        "Accept all cookies", "We use cookies to give you the best experience. By continuing you agree to our policy.",
        "我们使用cookies改善您的体验。", "Wir verwenden Cookies, um unsere Website zu verbessern.",
    ],
    "copyright line": [
        "© 2024 Contoso Ltd. All rights reserved.", "Copyright © 2019-2024 Contoso", "版权所有 © 某某公司",
        "Alle Rechte vorbehalten", "Tous droits réservés",
    ],
    "skip link": [
        "Skip to content", "跳到主要內容", "本文へスキップ", "본문 바로가기", "본문", "Zum Inhalt springen", "Aller au contenu",
        "Перейти к содержимому",
    ],
    "image file name": [
        "6382777178944189828450466.png", "IMG_2034.JPG", "DSC00012.jpeg", "微信图片_20240503.png",
        "Screenshot 2024-05-03 at 10.15.22.png",
    ],
    "advertisement": [
        "Advertisement", "广告", "Anzeige", "Publicité", "Реклама", "This post may contain affiliate links, see our policy.",
        "Disclosure: As an affiliate marketer, I earn from what you buy.",
        "As an Amazon Associate I earn from qualifying purchases.",
    ],
    "login": ["Log in / Register", "登录", "ログイン", "Anmelden", "Se connecter", "Remember me for faster sign in"],
}  # fmt: skip

SENTENCES = [
    "Back in 2019, the company employed forty people.",
    "Back-up heating is no longer needed",
    "Back to school: how Contoso trains its apprentices",
    "Share buybacks of 20 million euros were completed in May.",
    "Share capital",
    "As an Amazon supplier, Contoso earns from sales in the United States.",
    "Shares",
    "1,200,000 shares",
    "Print advertising grew 5 %.",
    "Printed circuit boards",
    "Search engines send half of our visitors.",
    "Search and rescue teams tested the sensor",
    "Next Generation Sequencing",
    "Next: the team will test the pump in the Arctic.",
    "Previous models used twice the power.",
    "Related party transactions",
    "Recommended dividend of 0.45 euros a share",
    "Comments from customers helped to shape the design.",
    "Views of the old harbour from the new head office",
    "Views on the market are divided.",
    "Tags on each pump carry a serial number.",
    "Dieser Beitrag wurde am Montag an das Hilfswerk überwiesen.",
    "Nästa steg är att bygga en fabrik i Nordvik.",
    "Posted in Germany for five years, she now leads the plant.",
    "Home-office days remain at two a week",
    "Copyright law is changing across Europe.",
    "Link copied into the brochure by mistake, the address led nowhere.",
    "Category: Energy efficiency",
    "Keywords",
    "Details",
    "We saved the drawing as pump.png",
    "Loading of the first ship began on Monday.",
    "Scan to BIM services",
    "Login data was never at risk, the company said.",
    "Advertising",
    "返回舱在预定区域成功着陆",
    "返回用户手中的热泵已全部完成检修。",
    "搜索引擎带来了一半的访客。",
    "分享会在公司总部举行",
    "打印机业务增长百分之五",
    "扫码支付成为主流",
    "关闭旧产线后，新产线产能翻番。",
    "下一篇章即将开启",
    "推荐采用热泵供暖",
    "検索エンジン市場に参入",
    "戻り水温を五度下げることに成功しました。",
    "共有結合の研究で受賞",
    "검색 엔진 시장에 진출했다.",
    "목록에 오른 기업은 모두 열 곳이다.",
    "Zurück auf Wachstumskurs",
    "Suche nach neuen Werkstoffen erfolgreich",
    "Druckluft aus Abwärme",
    "Weiter auf Rekordkurs",
    "Recherche",
    "Recherche et développement",
    "Retour sur une année exceptionnelle",
    "Partager la valeur avec les salariés",
    "Volver a empezar es posible, dijo la presidenta.",
    "Buscar nuevas fuentes de energía",
    "Voltar ao trabalho com segurança",
    "Pesquisa mostra avanço das bombas de calor",
    "Ricerca e sviluppo",
    "Stampa 3D",
    "Назад дороги нет, считают инженеры.",
    "Поиск новых месторождений продолжается",
    "Печать на металле",
    "بحث جديد عن المضخات الحرارية",
    "عودة المصنع إلى العمل",
    "",
    "…",
    "12",
]

END_MATTER = {
    "end mark": ["###", "# # #", "- Ends -", "-Ends-", "ENDS", "-30-", "（完）", "以上", "<끝>", "- Ende -"],
    "about": [
        "About Contoso", "About Contoso:", "ABOUT CONTOSO HEAT PUMPS LTD.", "About the Contoso Group", "About 3M", "关于我们",
        "关于康拓热泵", "關於康拓", "公司简介", "株式会社コントソについて", "■Contosoについて", "会社概要", "회사 소개",
        "Über Contoso", "Über uns", "À propos de Contoso", "Acerca de Contoso", "Sobre a Contoso", "Informazioni su Contoso",
        "О компании «Контосо»", "نبذة عن الشركة",
        "Om Contoso AB", "Over Contoso", "O společnosti Contoso", "Tietoa Contososta", "Despre Contoso", "אודות קונטוסו",
    ],
    "contact": [
        "Media Contact:", "Press contact", "Media contact: Jane Doe, +44 20 7946 0000", "For more information, please contact:",
        "For media inquiries, please write to press@contoso.example.", "媒体联系：", "联系方式", "本件に関するお問い合わせ先",
        "언론 문의", "Ansprechpartner", "Pressekontakt:", "Contact presse", "Contacto de prensa", "Assessoria de imprensa",
        "Ufficio stampa", "Контакты для СМИ:", "للتواصل الإعلامي",
        "För ytterligare information, vänligen kontakta:", "Kontakt pro média:", "Lisätietoja antaa: Jane Doe",
        "For yderligere oplysninger, kontakt", "Narahubung", "איש קשר לתקשורת",
    ],
    "notes": ["Notes to editors:", "Note to Editor", "Note aux rédactions", "编辑备注"],
    "legal notice": [
        "Forward-Looking Statements", "Safe Harbor Statement", "Cautionary Note Regarding Forward-Looking Statements",
        "免责声明", "前瞻性陈述", "免責事項", "Haftungsausschluss", "Aviso legal",
    ],
    "source line": ["SOURCE Contoso Ltd.", "消息来源：康拓热泵", "FUENTE Contoso"],
}  # fmt: skip

NO_END_MATTER = [
    "About 200 people attended the opening.",
    "About half of all households",
    "About 5,000 visitors",
    "Over Half of Consumers Prefer Heat Pumps",
    "Over 200 bezoekers",
    "Om fem år",
    "Contact sensors for doors",
    "Ending the oil boiler",
    "For more information on the trial, visit the project's page.",
    "Source: Federal Statistical Office",
    "关于召开2024年年度股东大会的通知",
    "关于热泵的三个问题",
    "安全性について",
    "新製品の発売について",
    "Über 200 Gäste",
    "Sobre todo, queremos crecer.",
    "12",
    "---",
]


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in BOILERPLATE.items() for text in texts])
def test_boilerplate_phrase_is_found_with_its_reason(reason: str, text: str) -> None:
    assert find_boilerplate_reason(text) == reason


@pytest.mark.parametrize("text", SENTENCES)
def test_sentence_that_begins_like_boilerplate_is_none(text: str) -> None:
    assert find_boilerplate_reason(text) is None


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in END_MATTER.items() for text in texts])
def test_heading_of_end_matter_is_found_with_its_kind(kind: str, text: str) -> None:
    assert classify_end_matter_heading(text) == kind


@pytest.mark.parametrize("text", NO_END_MATTER)
def test_sentence_that_begins_like_end_matter_is_none(text: str) -> None:
    assert classify_end_matter_heading(text) is None


def test_long_paragraph_is_no_boilerplate_phrase() -> None:
    assert find_boilerplate_reason("We use cookies " + "and other means to make our pumps quieter " * 30) is None


def test_every_phrase_of_the_tables_is_found_under_its_own_reason() -> None:
    table = tomllib.loads(files("corpnews.cleaning").joinpath("phrases.toml").read_text(encoding="utf-8"))
    for name, look_up in (("boilerplate", find_boilerplate_reason), ("end_matter", classify_end_matter_heading)):
        for reason, languages in table[name].items():
            for wording in (wording for wordings in languages.values() for wording in wordings):
                for spelled in expand_phrase(wording, table["slots"]):
                    text = re.sub(r"\*+|<name>", "Contoso", " ".join(spelled.replace("#", "7").split()), flags=re.IGNORECASE)
                    assert normalize_phrase(text), f"{wording!r} says nothing"
                    assert look_up(text) == reason, f"{wording!r} also stands under another reason"


@pytest.mark.parametrize(
    "text", ["(" * 700, "." * 700, "1," * 350, "a " * 350, "返 " * 350, "©" * 700, "Back" + " " * 600, "İ" * 300]
)
def test_hostile_text_takes_little_time(text: str) -> None:
    find_boilerplate_reason(text), classify_end_matter_heading(text)
    start = time.process_time()
    find_boilerplate_reason(text), classify_end_matter_heading(text)
    assert time.process_time() - start < 0.05
