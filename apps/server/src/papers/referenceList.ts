/** A list of arXiv ids, DOIs and links, one paper a line, as people keep them: with bullets, numbers, comments, words around. */
import type { ImportProblem } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { type Reference, readReference } from './identifiers.ts'
import { type PastedLine, problemAt, type ReadPaper, untold } from './pastedLines.ts'

/** A paper of a line, with the links beside it that lead to what belongs to it. */
type Named = Reference & Pick<ReadPaper, 'links'>

/** Why a line of mere words is not read. */
export const nothingFound = 'No arXiv id, DOI or link was found here.'
/** A line of a list longer than this is prose or data: the longest link fits, with words around. */
const longestLine = 4_000
/** An abstract that names a link has more words than anybody's remark beside one. */
const mostWords = 30

export const readReferenceList = (lines: readonly PastedLine[], today: Day): { papers: ReadPaper[]; problems: ImportProblem[] } => {
  const papers: ReadPaper[] = []
  const problems: ImportProblem[] = []
  for (const { number, text } of lines) {
    const line = { number, text: text.replace(unseen, '') }
    if (isComment(line.text)) continue
    const several = readSeveral(line.text, today)
    if (several !== null) {
      for (const one of several) papers.push({ ...untold(), line: line.number, ...one })
      continue
    }
    const read = readLine(line.text, today)
    if ('reason' in read) problems.push(problemAt(line, read.reason))
    else papers.push({ ...untold(), line: line.number, ...read })
  }
  return { papers, problems }
}

/** Signs without any width, which chats and documents put into what is copied from them. */
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** The papers of a line that holds ids and links alone, with commas or spaces between; null where there are words as well, or one paper. */
const readSeveral = (text: string, today: Day): Named[] | null => {
  const found = new Map<string, Reference>()
  for (const word of text.trim().split(/(?:[\s,;，；、]|\band\b)+/)) {
    if (word === '') continue
    const read = readReference(bare(word), today)
    if (read === null || 'reason' in read) return null
    found.set(read.arxivId ?? read.doi ?? read.url ?? '', read)
  }
  const named = withLinks([...found.values()])
  return found.size > 1 ? named : null
}

/** Where code, data and talks are kept: beside a paper, such a link is no second one. */
const besides: { host: RegExp; label: string }[] = [
  { host: /^(www\.)?(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)$|\.gitlab\.io$|^gitlab\./, label: 'Code' },
  { host: /\.github\.io$/, label: 'Project page' },
  { host: /^(www\.)?(huggingface\.co|hf\.co)$/, label: 'Model' },
  { host: /^(www\.|m\.)?(youtube\.com|youtu\.be|vimeo\.com|slideslive\.com)$/, label: 'Video' },
  { host: /^(www\.|mobile\.)?(twitter\.com|x\.com|bsky\.app)$/, label: 'Post' },
]

/** The papers among what a line names, the only one with the links that stand beside it. */
const withLinks = (found: readonly Reference[]): Named[] => {
  const beside = ({ url }: Reference) => (url === null ? undefined : besides.find(({ host }) => host.test(new URL(url).hostname)))
  const papers = found.filter(one => beside(one) === undefined)
  const [only, second] = papers
  if (only === undefined || second !== undefined) return found.map(one => ({ ...one, links: [] }))
  return [
    { ...only, links: found.flatMap(one => (one.url === null ? [] : { label: beside(one)?.label ?? '', url: one.url })).filter(({ label }) => label !== '') },
  ]
}

/** Whether a line names exactly one paper. */
export const isReference = (text: string, today: Day): boolean => !('reason' in readLine(text, today))

/** Comments begin with #, //, % or ;, and lines of signs alone are rules between lists. A heading of Markdown with a link is none. */
const isComment = (text: string) => {
  const start = text.trimStart().slice(0, 80)
  if (/^#{1,6}\s/.test(start) && text.includes('](http')) return false
  return /^(#|\/\/|%|;|<!--)/.test(start) || (text.length <= 80 && !/[\p{L}\p{N}]/u.test(start))
}

/** The one paper that some words name, as in a cell of a table. */
export const readLine = (given: string, today: Day): Named | { reason: string } => {
  const text = given.replace(unseen, '')
  if (text.length > longestLine)
    return { reason: `The line is too long for a list (${longestLine.toLocaleString('en')} characters). Put each paper on a line of its own.` }
  const comment = text.search(/\s#\s/)
  const words = wordsOf(comment < 0 ? text : text.slice(0, comment))
  const found = new Map<string, Reference>()
  let reason: string | null = null
  for (const word of words) {
    const read = readReference(word, today)
    if (read === null) continue
    if ('reason' in read) reason ??= read.reason
    else found.set(read.arxivId ?? read.doi ?? read.url ?? '', read)
  }
  const [first, second] = withLinks([...found.values()])
  if (second !== undefined) return { reason: 'More than one paper is named here. Put each on a line of its own.' }
  if (first !== undefined && words.length > mostWords) return { reason: 'This reads as prose. Put the id or the link on a line of its own.' }
  return first ?? { reason: reason ?? nothingFound }
}

/** DOIs of the nineties, with the sign of their number within: `10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2`. */
const serial = /\b10\.\d{4,9}\/[^\s<>"]{1,100}(?:<|&lt;)[^\s<>"&]{1,60}(?:>|&gt;)\d\.\d\.[a-z]{2};2(?:-[\w#])?/gi

/** The line cut at spaces, at brackets and signs that no id or link holds, and at the middle of a link in Markdown or Org. */
const wordsOf = (text: string): string[] => [
  ...(text.match(serial) ?? []).map(doi => doi.replace('&lt;', '<').replace('&gt;', '>')),
  ...text
    .replace(serial, ' ')
    .split(/[\s<>"`|{}\\^，、；。（）《》]+|\]\(|\]\[|(?<!arxiv|doi)：/i)
    // Links and DOIs may hold commas; between ids they part them.
    .flatMap(word => (/^\W{0,4}(https?:|doi:|10\.)/i.test(word) ? [word] : word.split(/[,;]/)))
    .map(bare)
    .filter(word => word !== ''),
]

const before = '(["\'*_~•·–—“‘「【（-+'
const after = '.,;:!?"\'*~”’」】）…'

/** A word without the punctuation around it. Brackets at its end stay where it opened them: `10.1016/S0140-6736(20)30183-5`. */
const bare = (word: string): string => {
  let start = 0
  while (before.includes(word[start] ?? ' ')) start++
  const unopened = { ')': unbalanced(word, start, '(', ')'), ']': unbalanced(word, start, '[', ']') }
  let end = word.length
  while (end > start) {
    const last = word[end - 1] ?? ''
    if (last === ')' || last === ']') {
      if (unopened[last]-- <= 0) break
    } else if (!after.includes(last)) break
    end--
  }
  return word.slice(start, end)
}

/** How many more brackets close than open; each word is counted once, or a line of brackets would take quadratic time. */
const unbalanced = (word: string, start: number, open: string, close: string) => {
  let more = 0
  for (let at = start; at < word.length; at++) more += word[at] === close ? 1 : word[at] === open ? -1 : 0
  return more
}
