import { escapeHtml } from '#lib/text/escape-html.ts'

export type EmbedTheme = 'light' | 'dark' | 'auto'

const colours = {
  light: '--paper:#faf7f0;--ink:#2a211a;--soft:#6b5f54;--line:#e3dccf;--accent:#7d4c0c;color-scheme:light',
  dark: '--paper:#161210;--ink:#f1e9dc;--soft:#b0a496;--line:#372f28;--accent:#e0a95a;color-scheme:dark',
}

/** A page for a frame on another site. `head`, `style` and `script` are added to it; all are ours and need no escape. */
export function renderFrame(
  {
    language,
    theme,
    title,
    head,
    style = '',
    script = '',
  }: { language: string; theme: EmbedTheme; title: string; head: string; style?: string; script?: string },
  content: string,
): string {
  const themed =
    theme === 'auto'
      ? `:root{${colours.light}}@media (prefers-color-scheme:dark){:root{${colours.dark}}}`
      : `:root{${colours[theme]}}`
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
${head}
<style>
${themed}
*{box-sizing:border-box}
body{margin:0;background:var(--paper)}
main{padding:12px;display:grid;grid-template-columns:88px minmax(0,1fr);gap:10px 14px;background:var(--paper);color:var(--ink);font:15px/1.4 system-ui,sans-serif;border:1px solid var(--line);border-radius:10px}
img{width:88px;height:88px;border-radius:8px}
h1{margin:0;font:600 18px/1.25 Georgia,serif;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
p{margin:4px 0 0;color:var(--soft);font-size:13px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
[dir=auto]{text-align:-webkit-match-parent;text-align:match-parent}
a{color:inherit;text-decoration:none}
p a{color:var(--accent);text-decoration:underline}
a:hover{text-decoration:underline}
audio{grid-column:1/-1;width:100%;height:44px}
${style}</style>
</head>
<body>
<main>
${content}
</main>
${script && `<script>${script}</script>\n`}</body>
</html>
`
}
