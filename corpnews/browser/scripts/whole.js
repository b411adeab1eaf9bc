// The whole page as it stands, with absolute links; `seen` remembers them.
(seen) => {
  for (const link of document.links) seen.add(link.href);
  const copy = document.documentElement.cloneNode(true);
  for (const link of copy.querySelectorAll("a[href]")) link.setAttribute("href", link.href);
  return copy.outerHTML;
}
