/** What mails look like: a few plain lines, and the same as HTML. */

/** What is to be said, in a mail and elsewhere. `href` is a whole address. */
export interface Words {
  /** One line: also the subject of the mail. */
  title: string
  /** A sentence or two. */
  text: string
  link: { label: string; href: string }
}

/** Plain text for those who read mail as such, and for whoever reads aloud. */
export const asText = ({ title, text, link }: Words): string => `${title}\n\n${text}\n\n${link.label}: ${link.href}\n`

export const asHtml = ({ title, text, link }: Words): string => `<h1>${escaped(title)}</h1>\n<p>${escaped(text)}</p>\n${button(link)}\n`

export const button = ({ label, href }: Words['link']): string => `<p><a class="act" href="${escaped(href)}">${escaped(label)}</a></p>`

/** Why one gets a mail and how to stop it, below its words. */
export interface Footer {
  settings: string
  unsubscribe: string
}

export const withFooter = (body: { text: string; html: string }, { settings, unsubscribe }: Footer): { text: string; html: string } => ({
  text: `${body.text}\n-- \nYou get this from Paperboard as you have set it.\nChange that: ${settings}\nNo more of these: ${unsubscribe}\n`,
  html: pageOf({
    title: null,
    body:
      `${body.html}<p class="foot">You get this from Paperboard as you have set it. ` +
      `<a href="${escaped(settings)}">Change that</a> or <a href="${escaped(unsubscribe)}">get no more of these</a>.</p>`,
  }),
})

/** A page that stands alone, in a mail or as a file: it asks nobody for a font or a picture. Colours are those of the app's tokens.css. */
export const pageOf = ({ title, body }: { title: string | null; body: string }): string =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
${title === null ? '' : `<title>${escaped(title)}</title>`}<style>${look}</style></head>
<body><div class="sheet">
${body}
</div></body></html>
`

const look = `
body{margin:0;padding:32px 16px;background:#faf8f3;color:#211e1a;font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.sheet{max-width:40em;margin:0 auto;overflow-wrap:break-word}
h1,h2,h3,h4{font-family:Georgia,"Times New Roman",serif;line-height:1.3;margin:1.4em 0 .4em}
h1{font-size:24px}h2{font-size:20px}h3,h4{font-size:17px}
.sheet>:first-child{margin-top:0}
p,ul,ol,blockquote,table{margin:0 0 .9em}
a{color:#27477c}
blockquote{padding-left:12px;border-left:3px solid #d8d0c2}
code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.9em}
table{border-collapse:collapse}th,td{padding:4px 12px 4px 0;border-bottom:1px solid #e8e2d7;text-align:left;vertical-align:top}
.act{display:inline-block;padding:8px 16px;border-radius:6px;background:#27477c;color:#fff;font-weight:600;text-decoration:none}
.foot{margin-top:32px;padding-top:14px;border-top:1px solid #e8e2d7;font-size:13px;color:#6b645a}
@media (prefers-color-scheme:dark){
body{background:#191714;color:#ece7dd}a{color:#a9c1ee}.act{background:#a9c1ee;color:#131822}
.foot{color:#9d9587}.foot,th,td{border-color:#2d2925}blockquote{border-color:#3d3832}
}`

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
