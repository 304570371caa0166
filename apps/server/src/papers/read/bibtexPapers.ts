/** Papers from the entries of BibTeX and BibLaTeX, as Zotero, Mendeley, JabRef, DBLP, Google Scholar and publishers write them. */
import type { Day } from '@paperboard/shared/days'
import type { BibEntry } from './bibtex.ts'
import { publishedIn, publishedOf } from './dates.ts'
import { journalNamed } from './journalMacros.ts'
import { fromLatex, lineFromLatex } from './latex.ts'
import { givenFirst, peopleIn } from './names.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { doiFrom, paperFrom, problem, type Reading, type Told } from './told.ts'

/** Entries that hold fields for others and are no works. */
const noWorks = new Set(['comment', 'preamble', 'string', 'xdata', 'set', 'control'])

/** Reads entries that were found in a text; `lineAt` tells the line of a place in it. */
export const papersOfEntries = (
  entries: readonly BibEntry[],
  { text, today, lineAt }: { text: string; today: Day; lineAt: (place: number) => number },
): Pick<Reading, 'papers' | 'problems'> => {
  const reading: Pick<Reading, 'papers' | 'problems'> = { papers: [], problems: [] }
  const byKey = new Map<string, BibEntry>()
  for (const entry of entries) if (entry.key !== '' && !byKey.has(entry.key.toLowerCase())) byKey.set(entry.key.toLowerCase(), entry)
  for (const entry of entries) {
    if (noWorks.has(entry.type)) continue
    const line = lineAt(entry.at)
    const paper = paperFrom({ ...toldBy(entry, byKey), line }, today)
    const named = paper.title !== null || paper.arxivId !== null || paper.doi !== null
    if (named) reading.papers.push(paper)
    if (entry.fault !== null) {
      const read =
        entry.fault.mended === true && named
          ? 'They have been read all the same.'
          : named
            ? 'What stands before it has been read.'
            : 'Nothing of it could be read.'
      reading.problems.push(
        problem(lineAt(entry.fault.at), text.slice(entry.at, Math.min(entry.at + 200, Math.max(entry.end, entry.fault.at))), `${entry.fault.reason} ${read}`),
      )
    } else if (!named)
      reading.problems.push(problem(line, text.slice(entry.at, entry.end), `The entry ${entry.key || 'here'} has neither a title nor an arXiv id or DOI.`))
  }
  return reading
}

/** A field of the entry, or of those it refers to; the title of a volume is the booktitle of what is in it. */
const fieldOf = (entry: BibEntry, byKey: ReadonlyMap<string, BibEntry>) => {
  const chain = [entry]
  // References may go round in circles, and nobody's are longer.
  for (let depth = 0; depth < 4; depth++) {
    const last = chain.at(-1)
    const key = last?.fields.get('crossref') ?? last?.fields.get('xdata')
    const next = key === undefined ? undefined : byKey.get(key.trim().toLowerCase())
    if (next === undefined || chain.includes(next)) break
    chain.push(next)
  }
  return (name: string): string => {
    const own = entry.fields.get(name)
    if (own !== undefined) return own
    for (const parent of chain.slice(1)) {
      const isXdata = parent.type === 'xdata'
      if (!isXdata && notInherited.has(name)) continue
      const found = parent.fields.get(name) ?? (name === 'booktitle' ? parent.fields.get('title') : undefined)
      if (found !== undefined) return found
    }
    return ''
  }
}

/** What a paper does not have from the volume it stands in. */
const notInherited = new Set([
  'title',
  'subtitle',
  'author',
  'abstract',
  'doi',
  'url',
  'eprint',
  'crossref',
  'xdata',
  'keywords',
  'keyword',
  'note',
  'pages',
  'file',
])

const toldBy = (entry: BibEntry, byKey: ReadonlyMap<string, BibEntry>): Told => {
  const field = fieldOf(entry, byKey)
  const title = textOfField(field('title'))
  const subtitle = textOfField(field('subtitle'))
  const venue =
    ['journal', 'journaltitle', 'booktitle', 'maintitle', 'school', 'institution', 'howpublished']
      .map(name => textOfField(field(name)))
      .find(text => text !== '') ?? ''
  return {
    title: subtitle === '' || title === '' ? title : `${title}: ${subtitle}`,
    authors: authorsIn(field('author') || field('editor')),
    abstract: plainParagraphs(fromLatex(field('abstract'))),
    names: namesIn(field),
    venue: /^(arxiv|https?:|online$)/i.test(venue) ? null : journalNamed(venue),
    published: dateIn(field),
    subjects: (field('keywords') || field('keyword')).split(/[,;]/).map(textOfField),
  }
}

const textOfField = (latex: string) => plainLine(lineFromLatex(latex))

/** Where an arXiv id may stand: `eprint`, "CoRR abs/…" of DBLP, "arXiv preprint arXiv:…" of Google Scholar, a note. */
const namesIn = (field: (name: string) => string): string[] => {
  const eprint = field('eprint')
    .trim()
    .replace(/^arxiv:\s*/i, '')
    .replace(/\s+\[[^\]]{0,40}\]$/, '')
  const elsewhere = ['journal', 'note', 'number', 'howpublished', 'annote', 'arxiv', 'arxivid'].map(
    name => /arxiv[:.\s/]{1,3}(?:abs\/|preprint\s+arxiv:)?([\w.-]+(?:\/\d{7})?(?:v\d+)?)/i.exec(field(name))?.[1] ?? '',
  )
  const dblp = /^abs\/(\S+)$/.exec(field('volume').trim())?.[1] ?? ''
  const [doi = ''] = [
    doiIn(field('doi')),
    ...['note', 'annote', 'howpublished'].map(name => doiIn(/\bdoi:?\s*(10\.\d{4,9}\/\S+)/i.exec(field(name))?.[1] ?? '')),
  ].filter(found => found !== '')
  const links = ['url', 'howpublished', 'link', 'ee', 'note'].map(name => /https?:\/\/[^\s{}]+/.exec(field(name).replace(/\\([_&%#~])/g, '$1'))?.[0] ?? '')
  return [eprint, ...elsewhere, dblp, field('archiveid'), doi, ...links]
}

/** A DOI without what LaTeX needs for its signs, or a link around it. */
const doiIn = (latex: string): string =>
  doiFrom(latex.replace(/\\([_&%#])/g, '$1'))
    .replace(/\$?(?:\\textless(?:\{\})?|&lt;|<)\s*\$?/g, '<')
    .replace(/\$?(?:\\textgreater(?:\{\})?|&gt;|>)\s*\$?/g, '>')
    .replace(/[{}]/g, '')
    .replace(/[.,;]+$/, '')

const dateIn = (field: (name: string) => string): string | null => {
  const whole = publishedIn(lineFromLatex(field('date')))
  if (whole !== null) return whole
  const year = /\d{4}/.exec(field('year'))?.[0] ?? /\d{4}/.exec(field('issued'))?.[0]
  const month = lineFromLatex(field('month'))
  const [, before, name = month, behind] = /^(\d{1,2})?[.\s~]*([A-Za-z]+)[.\s~]*(\d{1,2})?/.exec(month) ?? []
  return publishedOf(year, name, field('day').trim() || before || behind)
}

/** "A and B and {The C Collaboration} and others", each as "Given Family". */
const authorsIn = (latex: string): string[] =>
  cutAt(latex.replace(/\s+/g, ' '), / and | \\?& |;\s*/iy).flatMap(person => {
    const name = person.trim().replace(/^and (?=\S)/, '')
    if (name === '' || name === 'others') return []
    // A name in braces is one of a group, whatever commas it holds.
    if (/^\{[^{}]*\}$/.test(name)) return textOfField(name)
    // Commas within braces are none between parts.
    const parts = cutAt(name, /,/y).map(part => textOfField(part).replaceAll(',', '\u201a'))
    const several = parts.length > 3 || (parts.length === 3 && parts.every(part => part.includes(' ')))
    const people = byParts(parts) ?? (several ? peopleIn(parts.join(', ')) : [givenFirst(parts.join(', '))])
    return people.map(one => one.replaceAll('\u201a', ','))
  })

/** `family=Beethoven, given=Ludwig, prefix=van`, as BibLaTeX takes names, too. */
const byParts = (parts: readonly string[]): string[] | null => {
  const told = new Map(parts.map(part => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()]))
  return told.has('family') ? [['given', 'prefix', 'family', 'suffix'].flatMap(name => told.get(name) ?? []).join(' ')] : null
}

/** Cuts a text where the pattern matches outside of braces. */
const cutAt = (text: string, pattern: RegExp): string[] => {
  const parts: string[] = []
  let [depth, start] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '\\') at++
    else if (sign === '{') depth++
    else if (sign === '}') depth--
    else if (depth <= 0 && (sign === ',' || sign === ';' || /\s/.test(sign))) {
      pattern.lastIndex = at
      if (pattern.exec(text) === null) continue
      parts.push(text.slice(start, at))
      start = pattern.lastIndex
      at = start - 1
    }
  }
  return [...parts, text.slice(start)]
}
