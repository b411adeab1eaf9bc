// The controls of the page that do not lead to another page. With an index and a text, clicks that control instead.
([press, said]) => {
  const PRESSED = "button, a, input[type=button], input[type=submit], [role=button], [role=link], [onclick], " +
    "[class*=more i], [class*=next i], [class*=pagin i] li, [class*=pager i] li, [class*=pagin i] span, [class*=year i] li";
  const here = location.href.split("#")[0];
  const text = (element) => (element.value && element.matches("input") ? element.value : element.textContent).replace(/\s+/g, " ").trim();
  const names = (element) => `${element.getAttribute("class") ?? ""} ${element.id}`;
  const isOff = (element) =>
    element.disabled || element.matches("[aria-disabled=true], [aria-expanded], [aria-haspopup], .disabled") ||
    element.closest(".disabled, [aria-hidden=true]") || !element.checkVisibility({ visibilityProperty: true });
  const leadsAway = (element) => element.matches("a[href]") && /^https?:/.test(element.href) && element.href.split("#")[0] !== here;

  const all = [...document.querySelectorAll(PRESSED)];
  if (press !== null) {
    if (all[press] && text(all[press]) === said) all[press].click();
    return [];
  }
  const found = [];
  for (const [index, element] of all.entries()) {
    if (text(element).length > 60 || leadsAway(element) || element.querySelector(PRESSED) || isOff(element)) continue;
    if (element.closest("a[href]") && leadsAway(element.closest("a[href]"))) continue;
    let ancestors = "";
    let above = element.parentElement;
    for (let level = 0; above && above !== document.body && level < 4; level++, above = above.parentElement) ancestors += ` ${names(above)}`;
    found.push({
      index,
      text: text(element),
      name: element.getAttribute("aria-label") ?? element.title ?? "",
      classes: names(element),
      ancestors: ancestors.trim(),
      is_in_frame: element.closest("header, footer, nav") !== null,
    });
    if (found.length === 1000) break;
  }
  return found;
}
