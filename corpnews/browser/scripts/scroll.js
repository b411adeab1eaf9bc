// Scroll to the last link of the content, then to the end of the page and of each scrollable box.
async () => {
  const content = [...document.links].filter((link) => !link.closest("header, footer, nav"));
  content.at(-1)?.scrollIntoView({ block: "end", behavior: "instant" });
  await new Promise((done) => setTimeout(done, 50));
  for (const box of document.querySelectorAll("main, main *, [class*=scroll], [class*=list]")) {
    if (box.scrollHeight > box.clientHeight + 50 && /auto|scroll/.test(getComputedStyle(box).overflowY)) box.scrollTop = box.scrollHeight;
  }
  window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
}
