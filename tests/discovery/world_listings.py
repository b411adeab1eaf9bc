"""Listing pages in other languages than English."""

from __future__ import annotations

from tests.discovery.listings import HOST, Case, english, rows

CHINESE = {
    "/xwzx/gsxw/202405/t20240503_1001.html": ("公司召开2024年年中工作会议", "2024-05-03"),
    "/xwzx/gsxw/202404/t20240418_1000.html": ("公司与北方电网签署战略合作协议", "2024-04-18"),
    "/xwzx/gsxw/202404/t20240402_999.html": ("新产品发布会在上海成功举行", "2024-04-02"),
    "/xwzx/gsxw/202403/t20240321_998.html": ("公司荣获质量金奖", "2024-03-21"),
}
JAPANESE = {
    "/news/20240503/": ("新工場建設に関するお知らせ", "2024-05-03"),
    "/news/20240418/": ("代表取締役の異動について", "2024-04-18"),
    "/news/20240402/": ("2024年度第1四半期決算を発表しました", "2024-04-02"),
    "/news/20240321/": ("夏季休業のお知らせ", "2024-03-21"),
}
KOREAN = {
    34: ("신공장 착공식 개최", "2024-05-03"),
    33: ("2024년 1분기 실적 발표", "2024-04-18"),
    32: ("유럽 전시회 참가 안내", "2024-04-02"),
    31: ("신임 대표이사 취임", "2024-03-21"),
}
RUSSIAN = {
    512: ("Компания открыла новый завод в Калуге", "3 мая 2024", "2024-05-03"),
    511: ("Совет директоров утвердил годовой отчёт", "18 апреля 2024", "2024-04-18"),
    507: ("Назначен новый технический директор", "2 апреля 2024", "2024-04-02"),
}
ARABIC = {
    71: ("الشركة تفتتح مصنعا جديدا في المنطقة الشرقية", "2024-05-03"),
    70: ("توقيع اتفاقية شراكة مع شركة بولت", "2024-04-18"),
    69: ("نتائج الربع الثاني من العام", "2024-04-02"),
}

CASES = [
    Case(
        "Chinese list with the date in a span",
        f"{HOST}/xwzx/gsxw/",
        "<div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='/xwzx/'>新闻中心</a></div><ul class='news_list'>"
        + "".join(
            f"<li><a href='{url}' target='_blank'>{title}</a><span>{day}</span></li>" for url, (title, day) in CHINESE.items()
        )
        + "</ul>"
        "<div class='page'>共 32 条 <a href='index_1.html'>2</a> <a href='index_2.html'>3</a> <a href='index_1.html'>下一页</a> "
        "<a href='index_7.html'>尾页</a></div><div class='left'><ul><li><a href='/xwzx/hydt/'>行业动态</a></li><li>"
        "<a href='/cpzx/'>产品中心</a></li></ul></div>",
        dict(CHINESE),
        {"/xwzx/gsxw/index_1.html", "/xwzx/gsxw/index_2.html", "/xwzx/gsxw/index_7.html"},
        "zh",
    ),
    Case(
        "Chinese tiles with day and month apart",
        f"{HOST}/news/",
        "<div class='tiles'>"
        + "".join(
            f"<div class='tile'><div class='time'><b>{day[8:]}</b><i>{day[:7]}</i></div><div class='txt'>"
            f"<a href='/news/show-{n}.html' title='{title}'>"
            f"{title[:9]}...</a><p>这是公司今年最重要的活动之一，来自各地的客户和合作伙伴共同参加。</p></div></div>"
            for n, (title, day) in enumerate(CHINESE.values())
        )
        + "</div>",
        {f"/news/show-{n}.html": value for n, value in enumerate(CHINESE.values())},
        language="zh",
    ),
    Case(
        "Japanese definition list with years",
        f"{HOST}/news/",
        "<div class='years'><a href='/news/2024/'>2024年</a><a href='/news/2023/'>2023年</a></div><dl class='newsList'>"
        + "".join(
            f"<dt>{day.replace('-', '.')}<span class='icon'>お知らせ</span></dt><dd><a href='{url}'>{title}</a></dd>"
            for url, (title, day) in JAPANESE.items()
        )
        + "</dl>",
        dict(JAPANESE),
        {"/news/2024/", "/news/2023/"},
        "ja",
    ),
    Case(
        "Korean board of one page, articles by query",
        f"{HOST}/kr/board.php?bo_table=news",
        "<form><table class='tbl'><thead><tr><th>번호</th><th>제목</th><th>글쓴이</th><th>날짜</th><th>조회</th></tr>"
        "</thead><tbody>"
        + "".join(
            f"<tr><td>{n}</td><td class='subject'><a href='/kr/board.php?bo_table=news&wr_id={n}'>{title}</a></td>"
            f"<td>관리자</td>"
            f"<td>{day}</td><td>1{n}</td></tr>"
            for n, (title, day) in KOREAN.items()
        )
        + "</tbody></table></form><nav class='pg_wrap'><a href='/kr/board.php?bo_table=news&page=2'>2</a>"
        "<a href='/kr/board.php?bo_table=news&page=2'>다음</a><a href='/kr/board.php?bo_table=news&page=9'>맨끝</a></nav>",
        {f"/kr/board.php?bo_table=news&wr_id={n}": value for n, value in KOREAN.items()},
        {"/kr/board.php?bo_table=news&page=2", "/kr/board.php?bo_table=news&page=9"},
        "ko",
    ),
    Case(
        "Russian list with a month-name date and an archive of years",
        f"{HOST}/ru/press-centr/novosti/",
        "<div class='news-list'>"
        + "".join(
            f"<div class='news-item'><div class='news-date'>{written}</div>"
            f"<a class='news-name' href='/ru/press-centr/novosti/{n}/'>{title}</a></div>"
            for n, (title, written, _) in RUSSIAN.items()
        )
        + "</div><ul class='years'><li><a href='/ru/press-centr/novosti/?year=2023'>2023</a></li>"
        "<li><a href='/ru/press-centr/novosti/?year=2022'>2022</a></li></ul><a href='?PAGEN_1=2'>Следующая</a>",
        {f"/ru/press-centr/novosti/{n}/": (title, day) for n, (title, _, day) in RUSSIAN.items()},
        {"/ru/press-centr/novosti/?year=2023", "/ru/press-centr/novosti/?year=2022", "/ru/press-centr/novosti/?PAGEN_1=2"},
        "ru",
    ),
    Case(
        "Arabic cards with read more and a next page",
        f"{HOST}/ar/media-center/news",
        "<div class='row'>"
        + "".join(
            f"<div class='col'><div class='box'><span>{day}</span><h4>{title}</h4>"
            f"<a class='btn' href='/ar/media-center/news/{n}'>اقرأ المزيد</a></div></div>"
            for n, (title, day) in ARABIC.items()
        )
        + "</div><div class='pagination'><a href='/ar/media-center/news?page=2'>التالي</a></div>",
        {f"/ar/media-center/news/{n}": value for n, value in ARABIC.items()},
        {"/ar/media-center/news?page=2"},
        "ar",
    ),
    Case(
        "teaser components with the language switch and hreflang",
        f"{HOST}/de/presse/",
        "<link rel='alternate' hreflang='en' href='/en/press/'><div class='lang'><a href='/en/press/'>English</a>"
        "<a href='/fr/'>Français</a></div><div class='cmp'>"
        + rows(
            "<div class='cmp-teaser'><div class='cmp-teaser__image'><a href='/de/presse/{slug}.html'>"
            "<img src='/i.jpg'></a></div>"
            "<p class='cmp-teaser__pretitle'>{day}</p><h2 class='cmp-teaser__title'>"
            "<a href='/de/presse/{slug}.html'>{title}</a></h2>"
            "<div class='cmp-teaser__description'><p>{teaser}</p></div>"
            "<a class='cmp-teaser__link' href='/de/presse/{slug}.html'>Mehr erfahren</a></div>"
        )
        + "</div>",
        english("/de/presse/{slug}.html"),
        {"/en/press/"},
        "de",
    ),
]
