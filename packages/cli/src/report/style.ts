/** The page's whole style: system fonts, both colour schemes, at most 1000 pixels wide. */
export const style = `
:root {
  color-scheme: light dark;
  --surface: #ffffff; --text: #1c2024; --muted: #60646c; --line: #e0e1e6;
  --accent: #2563eb; --heat: #9a3412; --on-heat: #ffffff; --wrong: #b91c1c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: #111113; --text: #edeef0; --muted: #a0a4ac; --line: #2e3035;
    --accent: #7aa2ff; --heat: #fb923c; --on-heat: #111113; --wrong: #f87171;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 32px 24px 64px; max-width: 1000px;
  background: var(--surface); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 18px; margin: 40px 0 4px; }
h3 { font-size: 15px; margin: 20px 0 4px; }
p { margin: 0 0 14px; color: var(--muted); max-width: 72ch; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 12px; text-align: right; font-weight: 400; border-bottom: 1px solid var(--line); }
thead th { color: var(--muted); font-size: 13px; vertical-align: bottom; }
th:first-child { text-align: left; padding-left: 0; }
tbody th { font-weight: 600; white-space: nowrap; }
.findings td { text-align: left; vertical-align: top; }
.findings th { vertical-align: top; }
.scroll { overflow-x: auto; }
.scroll > table { min-width: 60%; }
.side-by-side { display: flex; flex-wrap: wrap; gap: 24px 40px; }
.heat { table-layout: fixed; }
.heat caption { text-align: left; font-weight: 600; padding-bottom: 8px; }
.heat th, .heat td { border: 0; padding: 4px; font-size: 13px; }
.heat tbody th { padding-right: 10px; font-weight: 400; }
.heat thead th { text-align: center; width: 68px; overflow-wrap: break-word; line-height: 1.2; }
.heat thead th.corner { width: 116px; text-align: left; }
.heat td {
  width: 68px; height: 44px; text-align: center; border: 2px solid var(--surface); border-radius: 6px;
  background: color-mix(in oklab, var(--heat) var(--share, 0%), color-mix(in oklab, var(--line) 55%, var(--surface)));
}
.heat td.strong { color: var(--on-heat); }
.heat td.wanted { --heat: var(--accent); --on-heat: var(--surface); }
.heat th small { display: block; color: var(--muted); }
.notes { font-size: 13px; margin-top: 8px; }
.heat td.own { background: none; color: var(--muted); }
svg { max-width: 100%; height: auto; color: var(--text); font-family: inherit; }
.examples { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 16px; }
figure { margin: 0; display: flex; gap: 12px; align-items: flex-start; }
figure img { width: 88px; height: 88px; image-rendering: pixelated; border-radius: 4px; flex: none; }
dl { margin: 0; font-size: 13px; line-height: 1.3; }
dt { color: var(--muted); font-size: 11px; }
dd { margin: 0 0 3px; }
dd.wrong small { font-weight: 400; }
dd.wrong { color: var(--wrong); font-weight: 600; }
dd.unlabelled { color: var(--muted); font-style: italic; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; font-size: 14px; }
.facts dt { font-size: 14px; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
`.trim();
