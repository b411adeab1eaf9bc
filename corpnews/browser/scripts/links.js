// A hash of the page's links.
() => {
  let hash = document.links.length;
  for (const link of document.links) {
    for (let at = 0; at < link.href.length; at++) hash = (hash * 31 + link.href.charCodeAt(at)) | 0;
  }
  return hash;
}
