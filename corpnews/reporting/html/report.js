"use strict";

// The table of all newsrooms: filters and sorting

const rows = [...document.querySelectorAll("#newsrooms tbody tr")];
const body = document.querySelector("#newsrooms tbody");
const words = document.querySelector("#words");
const verdict = document.querySelector("#verdict");
const names = ["look", "newsroom", "started", "new", "releases", "newest"];

function filterRows() {
  const wanted = words.value.trim().toLowerCase().split(/\s+/);
  let shown = 0;
  for (const row of rows) {
    row.text ??= row.textContent.toLowerCase();
    const hasVerdict = !verdict.value || (verdict.value === "look" ? "look" in row.dataset : row.dataset.verdict === verdict.value);
    row.hidden = !(hasVerdict && wanted.every((word) => row.text.includes(word)));
    shown += !row.hidden;
  }
  document.querySelector("#shown").textContent = shown === rows.length ? "" : `${shown} of ${rows.length} shown`;
}

function sortRows(button) {
  const header = button.closest("th");
  const name = button.dataset.sort;
  const isNumber = header.classList.contains("number");
  const direction = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  document.querySelectorAll("#newsrooms thead th").forEach((each) => each.removeAttribute("aria-sort"));
  header.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
  // the rows came sorted by what needs a look first
  const place = new Map(rows.map((row, at) => [row, at]));
  const value = (row) => (name === "look" ? place.get(row) : row.children[names.indexOf(name)].textContent);
  const compare = isNumber || name === "look" ? (a, b) => a - b : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = rows.map((row) => [value(row), row]).sort((a, b) => direction * compare(a[0], b[0]));
  body.append(...sorted.map(([, row]) => row));
}

words.addEventListener("input", filterRows);
verdict.addEventListener("change", filterRows);
document.querySelector("#newsrooms thead").addEventListener("click", (event) => {
  if (event.target.dataset.sort) sortRows(event.target);
});

// A newsroom: its page is made when it is opened

let details = null;
let chart = null;

/** Make an element; strings among the children become text, never markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function makeLink(url, text) {
  return /^https?:\/\//.test(url) ? make("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, text) : text;
}

function makeTable(caption, heads, lines) {
  const head = make("tr", {}, ...heads.map(([text, kind]) => make("th", { scope: "col", class: kind ?? "" }, text)));
  const cells = (line) => line.map((cell, at) => make("td", { class: heads[at][1] ?? "" }, cell instanceof Node ? cell : String(cell)));
  const table = make(
    "table", {}, make("caption", { class: "unseen" }, caption), make("thead", {}, head),
    make("tbody", {}, ...lines.map((line) => make("tr", {}, ...cells(line)))),
  );
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, table);
}

function makeShare(share) {
  const bar = make("span", { class: "share", "aria-hidden": "true" }, make("span"));
  bar.firstChild.style.width = `${100 * share}%`;
  return bar;
}

const percent = (share) => `${Math.round(100 * share)} %`;

async function readDetails(at) {
  details ??= JSON.parse(document.querySelector("#details").textContent);
  const bytes = Uint8Array.from(atob(details[at]), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}

function makeFacts(row, data) {
  const facts = [
    [row.children[4].textContent, "articles"], [[...row.children[5].cloneNode(true).childNodes], "newest release"],
    [data.updated, "updated"], [data.withdrawn, "withdrawn"], [data.duplicates, "duplicates"], [data.undated, "without a month"],
  ];
  return make("ul", { class: "facts" }, ...facts.map(([number, name]) => make("li", {}, make("strong", {}, ...[number].flat().map((each) => (each instanceof Node ? each : String(each)))), name)));
}

function makeHistory(runs) {
  const marks = runs.map(([started, verdict]) => make("li", { class: verdict, title: `${started} ${verdict}` }, make("span", { class: "unseen" }, `${started} ${verdict}`)));
  const heads = [["Started"], ["Verdict"], ["New", "number"], ["Updated", "number"], ["Withdrawn", "number"], ["Pages", "number"], ["Failed", "number"], ["Gone", "number"], ["Why", "why"]];
  const lines = runs.map(([started, verdict, ...rest]) => [started, make("span", { class: `verdict ${verdict}` }, verdict), ...rest]);
  return [
    make("h2", {}, "Runs"),
    make("ol", { class: "history", reversed: "", "aria-label": "Verdicts, the oldest first" }, ...marks.reverse()),
    make("details", {}, make("summary", {}, runs.length === 1 ? "The run" : `The last ${runs.length} runs`), makeTable("Runs, the latest first", heads, lines)),
  ];
}

function makeCoverage(data) {
  if (!data.lines) return [make("h2", {}, "Fields"), make("p", { class: "soft" }, "Counted from the next run with new releases on.")];
  const lines = data.fields.map(([name, number]) => [name, makeShare(number / data.lines), percent(number / data.lines)]);
  return [
    make("h2", {}, "Fields"), make("p", { class: "soft" }, `Of ${data.lines} lines; each also has url, newsroom, headline and body.`),
    makeTable("Share of the lines that have each field", [["Field"], ["Share"], ["", "number"]], lines),
  ];
}

function makeRemoved(data) {
  if (!data.removed.length) return [];
  const lines = data.removed.map(([text, reason, number]) => [text, reason, percent(number / data.lines)]);
  return [make("h2", {}, "Most frequent boilerplate"), makeTable("Removed texts", [["Text", "text"], ["Reason"], ["Pages", "number"]], lines)];
}

function makeDuplicates(data) {
  if (!data.duplicateSample.length) return [];
  const items = data.duplicateSample.map((each) =>
    make("li", {}, makeLink(each.url, each.headline), ...(each.original_url ? [" repeats ", makeLink(each.original_url, each.original_url)] : [])));
  return [make("h2", {}, "Duplicates"), make("ul", {}, ...items)];
}

function makeFailures(reasons, data) {
  const items = [reasons, ...data.omissions.map(([what, url]) => make("span", {}, `${what}: `, makeLink(url, url)))].filter(Boolean);
  return items.length ? [make("h2", {}, "What needs a look"), make("ul", {}, ...items.map((item) => make("li", {}, item)))] : [];
}

function makeSample(sample) {
  const page = sample.page.map(([kind, text, reason]) =>
    make("p", { class: kind, ...(reason ? { title: reason } : {}) }, kind === "removed" ? make("del", {}, text) : text));
  const fields = { date_published: sample.date_published ?? "", language: sample.language ?? "", ...sample.fields };
  const terms = Object.entries(fields).filter(([, value]) => value).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
  const warnings = sample.warnings.length ? [make("p", { class: "degraded" }, sample.warnings.join("; "))] : [];
  const panel = (label, ...children) => make("div", { tabindex: "0", role: "region", "aria-label": `${label}: ${sample.headline}` }, make("h4", {}, label), ...children);
  return [
    make("h3", {}, makeLink(sample.url, sample.headline)),
    make("div", { class: "sample" },
      panel("Page", ...(page.length ? page : [make("p", { class: "soft" }, "This page was not kept.")])),
      panel("Line", ...warnings, make("dl", {}, ...terms), make("p", {}, sample.body))),
  ];
}

function makeSamples(data) {
  const note = data.samples.length
    ? "Of a few releases each run keeps the page’s text: struck out is what was removed, marked is the body."
    : "No page is kept yet, or there was no room for it in this file: name fewer newsrooms.";
  return [make("h2", {}, "Samples"), make("p", { class: "soft" }, note), ...data.samples.flatMap(makeSample)];
}

function drawChart(data, place) {
  chart?.destroy();
  chart = null;
  const months = new Map(data.months);
  if (!months.size) return;
  const monthNumber = (month) => 12 * Number(month.slice(0, 4)) + Number(month.slice(5)) - 1;
  const [first, last] = [data.months[0][0], data.months.at(-1)[0]].map(monthNumber);
  const byYear = last - first > 120;
  const [times, counts] = [[], []];
  for (let at = byYear ? first - (first % 12) : first; at <= last; at += byYear ? 12 : 1) {
    const keys = Array.from({ length: byYear ? 12 : 1 }, (_, month) => `${String(Math.floor((at + month) / 12)).padStart(4, "0")}-${String(((at + month) % 12) + 1).padStart(2, "0")}`);
    times.push(Date.UTC(Math.floor(at / 12), at % 12) / 1000);
    counts.push(keys.reduce((sum, key) => sum + (months.get(key) ?? 0), 0) || null);
  }
  const style = getComputedStyle(document.documentElement);
  const [line, text, bar] = ["--line", "--soft", "--bar"].map((name) => style.getPropertyValue(name));
  const axis = { stroke: text, grid: { stroke: line, width: 1 }, ticks: { stroke: line } };
  const label = byYear ? "{YYYY}" : "{YYYY}-{MM}";
  chart = new uPlot({
    width: Math.max(280, place.clientWidth), height: 220, tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: { x: { range: (_, low, high) => [low - (byYear ? 183 : 16) * 86400, high + (byYear ? 183 : 16) * 86400] }, y: { range: (_, low, high) => [0, Math.max(1, high)] } },
    axes: [axis, { ...axis, size: 46, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] }],
    series: [{ label: byYear ? "Year" : "Month", value: label }, { label: "Releases", stroke: bar, fill: bar, paths: uPlot.paths.bars({ size: [0.8, 40] }), points: { show: false } }],
  }, [times, counts], place);
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", `Releases from ${data.months[0][0]} to ${data.months.at(-1)[0]}, at most ${Math.max(...counts)} in a ${byYear ? "year" : "month"}`);
}

async function showNewsroom(at) {
  const row = rows[at];
  const data = await readDetails(at);
  const name = row.children[1].textContent;
  const place = make("div", { class: "chart" });
  const page = document.querySelector("#newsroom");
  page.replaceChildren(
    make("nav", { "aria-label": "Report" }, make("a", { href: "#" }, "All newsrooms")),
    make("h1", {}, name), make("p", {}, row.children[0].firstChild.cloneNode(true), ` in the last run, ${row.children[2].textContent}`),
    ...makeFailures(row.children[6].textContent, data), makeFacts(row, data),
    make("h2", {}, "Releases over time"), place,
    ...makeHistory(data.runs),
    make("div", { class: "grid" }, make("section", {}, ...makeCoverage(data)), make("section", {}, ...makeRemoved(data), ...makeDuplicates(data))),
    ...makeSamples(data),
  );
  document.querySelector("#fleet").hidden = true;
  page.hidden = false;
  document.title = `${name} – Newsrooms`;
  drawChart(data, place);
  redraw = () => drawChart(data, place);
  for (const panel of page.querySelectorAll(".sample > div:first-child")) {
    // the release, with a little of what stands before it; pages begin with their navigation
    panel.scrollTop = (panel.querySelector("p.body")?.offsetTop ?? 0) - 120;
  }
  scrollTo(0, 0);
  page.focus();
}

let redraw = () => {};
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw());
addEventListener("resize", () => redraw());

function route() {
  const found = /^#newsroom-(\d+)$/.exec(location.hash);
  if (found && rows[found[1]]) {
    showNewsroom(Number(found[1]));
    return;
  }
  const was = document.querySelector("#newsroom");
  was.hidden = true;
  was.replaceChildren();
  redraw = () => {};
  document.querySelector("#fleet").hidden = false;
  document.title = "Newsrooms";
}
addEventListener("hashchange", route);
route();
