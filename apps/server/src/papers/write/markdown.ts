/** A list of papers in Markdown, with mathematics as it is between its dollars: for notes, mails and minutes. */
import { mathIn } from '@paperboard/shared/mathText'
import { addressOf, type Cited, datePartsOf, titleOf } from './cited.ts'

const escaped = (text: string) => text.replace(/[\\`*_[\]<>#|$]/g, sign => `\\${sign}`)
const words = (text: string): string => {
  let [written, from] = ['', 0]
  for (const { start, end } of mathIn(text)) {
    written += escaped(text.slice(from, start)) + text.slice(start, end)
    from = end
  }
  return (written + escaped(text.slice(from))).replace(/\s+/g, ' ').trim()
}

/** Authors that are named before "et al.": a list is read, not catalogued. */
const named = 6
const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

export const markdownItem = ({ paper, tags, boards, up, down, comments }: Cited): string => {
  const url = addressOf(paper)
  const title = words(titleOf(paper))
  const authors = paper.authors.length > named ? `${paper.authors.slice(0, named).map(words).join(', ')} et al.` : paper.authors.map(words).join(', ')
  const year = datePartsOf(paper)[0]
  const place = [paper.venue === null ? '' : `*${words(paper.venue)}*`, year?.toString() ?? '', paper.arxivId === null ? '' : `arXiv:${paper.arxivId}`]
  const net = up - down
  const group = [
    up + down === 0 ? '' : `${net > 0 ? '+' : net < 0 ? '−' : ''}${Math.abs(net)} of ${count(up + down, 'vote')}`,
    comments === 0 ? '' : count(comments, 'comment'),
    boards.length === 0 ? '' : `on the board of ${boards.join(', ')}`,
    tags.map(tag => `\`${tag}\``).join(' '),
  ]
  const parts = [authors, place.filter(Boolean).join(', '), group.filter(Boolean).join(', ')].filter(Boolean)
  // Angle brackets: an address may hold parentheses.
  return `- **${url === null ? title : `[${title}](<${url.replace(/[<>]/g, encodeURIComponent)}>)`}**${parts.length === 0 ? '' : `  \n  ${parts.join(' · ')}`}\n`
}

export const markdownHead = (title: string): string => `# ${words(title)}\n\n`
