/** Style sheet of the provider's pages: light and dark by the browser's preference, from 360 px up. */
export const STYLE = `
:root {
  --page: #f3f4f7; --card: #fff; --text: #1b1f27; --muted: #566072;
  --line: #dcdfe6; --accent: #b3261e; --chip: #eceff4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14161b; --card: #1e2128; --text: #eceef2; --muted: #a4adbd;
    --line: #333844; --accent: #ff8a7f; --chip: #2b303a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1rem 3rem; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; letter-spacing: -.01em; }
.lead { margin: 0 0 1.5rem; color: var(--muted); max-width: 44rem; }
.people {
  display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr));
}
.person {
  display: flex; gap: .875rem; align-items: flex-start; width: 100%;
  padding: 1rem; text-align: left; font: inherit; color: inherit; cursor: pointer;
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  transition: border-color .12s, transform .12s;
}
.person:hover { border-color: var(--accent); transform: translateY(-1px); }
.person:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.avatar {
  flex: none; display: grid; place-items: center; width: 2.75rem; height: 2.75rem;
  border-radius: 50%; color: #fff; font-weight: 600; background: hsl(var(--hue) 45% 38%);
}
.about { display: block; min-width: 0; }
.about strong { display: block; }
.title { display: block; color: var(--muted); font-size: .9rem; }
.groups { display: flex; flex-wrap: wrap; gap: .3rem; margin: .5rem 0 0; padding: 0; list-style: none; }
.groups li { padding: .1rem .5rem; border-radius: 1rem; font-size: .78rem; background: var(--chip); }
.groups .none { background: none; padding-left: 0; font-style: italic; color: var(--muted); }
@media (prefers-reduced-motion: reduce) { .person { transition: none; } }
`;
