// A number that changes when the page's links do.
() => {
  let hash = document.links.length;
  for (const link of document.links) {
    for (let at = 0; at < link.href.length; at++) hash = (hash * 31 + link.href.charCodeAt(at)) | 0;
  }
  return hash;
}
