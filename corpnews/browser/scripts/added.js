// The new links since the last call: their number, and the part of the page that holds them, with absolute URLs.
(seen) => {
  const here = location.href.split("#")[0];
  const leads = (link) => /^https?:/.test(link.href) && link.href.split("#")[0] !== here;
  const isNew = (link) => !seen.has(link.href);
  const fresh = [...document.links].filter((link) => leads(link) && isNew(link));
  if (!fresh.length) return [0, ""];

  const isAllNew = (box) => [...box.querySelectorAll("a[href]")].every((link) => isNew(link) || !leads(link));
  let box = fresh[0];
  while (!fresh.every((link) => box.contains(link))) box = box.parentElement;
  while (box.parentElement && box.parentElement !== document.body && isAllNew(box.parentElement)) box = box.parentElement;

  let part = box.cloneNode(true);
  if (!isAllNew(box)) {
    part = box.cloneNode(false);
    for (const child of box.children) {
      if (fresh.some((link) => child.contains(link))) part.append(child.cloneNode(true));
    }
  }
  if (box === document.body) {
    const div = document.createElement("div");
    div.append(...part.childNodes);
    part = div;
  }
  for (const link of [part, ...part.querySelectorAll("a[href]")]) {
    if (link.href && link.matches("a")) link.setAttribute("href", link.href);
  }
  for (const link of fresh) seen.add(link.href);
  return [fresh.length, part.outerHTML];
}
