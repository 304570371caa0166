/** The daily mail of arXiv, entry by entry: https://info.arxiv.org/help/subscribe.html */
import type { Day } from '@paperboard/shared/days'
import type { PastedLine, ReadPaper } from '../pastedLines.ts'
import { publishedIn } from './dates.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { withAccents } from './texAccents.ts'
import { paperFrom, problem, type Reading } from './told.ts'

/** An entry begins with two backslashes above its id. */
export const mailedStart = /^\\\\[ \t]*\narXiv:\S+/
/** … and ends with the address of its page, behind two backslashes. */
export const mailedEnd = /^\\\\[ \t]*\([ \t]*https?:\/\//

/** The paper of one entry. A paper that was replaced has no date here, since it would be that of its new version. */
export const readMailed = (lines: readonly PastedLine[], today: Day): Reading => {
  const paper = mailedPaper(lines, today)
  const [first] = lines
  const named = paper.title !== null || paper.arxivId !== null
  return {
    papers: named ? [paper] : [],
    problems: named || first === undefined ? [] : [problem(first.number, lines[1]?.text ?? '', 'This entry of a mail has neither a title nor an arXiv id.')],
    day: null,
  }
}

/** Fields, which go on over indented lines, and below two backslashes the abstract. */
const mailedPaper = (lines: readonly PastedLine[], today: Day): ReadPaper => {
  const fields = new Map<string, string>()
  const abstract: string[] = []
  let [name, parts] = ['', 0]
  for (const { text } of lines) {
    if (/^\\\\/.test(text)) parts++
    else if (parts > 1) abstract.push(text)
    else {
      const [, field, value = ''] = /^([A-Za-z-]{2,20}):\s*(.*)$/.exec(text) ?? []
      if (field !== undefined && !/^\s/.test(text)) {
        name = field.toLowerCase()
        fields.set(name, value)
      } else fields.set(name, `${fields.get(name) ?? ''} ${text.trim()}`)
    }
  }
  const told = (field: string) => fields.get(field) ?? ''
  const id = told('arxiv').split(/\s/)[0] ?? ''
  return paperFrom(
    {
      line: lines.find(({ text }) => text.startsWith('arXiv:'))?.number ?? null,
      title: withAccents(plainLine(told('title'))),
      authors: told('authors')
        .replace(/\s*\((?:[^()]|\([^()]{0,200}\)){0,400}\)/g, '')
        .split(/,\s+(?:and\s+)?|\s+and\s+/)
        .map(withAccents),
      abstract: withAccents(plainParagraphs(abstract.join('\n'))),
      names: [id, told('doi')],
      venue: plainLine(told('journal-ref')),
      published: publishedIn(told('date').replace(/\(.*$/, '')),
      subjects: told('categories').split(/\s+/),
    },
    today,
  )
}
