/** What mails look like: a few plain lines, and the same as simple HTML. */

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

export const asHtml = ({ title, text, link }: Words): string =>
  `<p><strong>${escaped(title)}</strong></p>\n<p>${escaped(text)}</p>\n<p><a href="${escaped(link.href)}">${escaped(link.label)}</a></p>\n`

/** Why one gets a mail and how to stop it, below its words. */
export interface Footer {
  settings: string
  unsubscribe: string
}

export const withFooter = (body: { text: string; html: string }, { settings, unsubscribe }: Footer): { text: string; html: string } => ({
  text: `${body.text}\n-- \nYou get this from Paperboard as you have set it.\nChange that: ${settings}\nNo more of these: ${unsubscribe}\n`,
  html:
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"></head>' +
    `<body style="font: 16px/1.5 sans-serif; max-width: 36em">\n${body.html}` +
    `<p style="font-size: 13px; color: #555">You get this from Paperboard as you have set it. ` +
    `<a href="${escaped(settings)}">Change that</a> or <a href="${escaped(unsubscribe)}">get no more of these</a>.</p>\n</body></html>\n`,
})

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
