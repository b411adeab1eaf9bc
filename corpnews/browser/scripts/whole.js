// The HTML of the page with absolute links; adds its links to `seen`.
(seen) => {
  for (const link of document.links) seen.add(link.href);
  const copy = document.documentElement.cloneNode(true);
  for (const link of copy.querySelectorAll("a[href]")) link.setAttribute("href", link.href);
  return copy.outerHTML;
}
