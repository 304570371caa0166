/** Papers out, in every format. */
import type { ExportFormat } from '@paperboard/shared/api'
import { bibtexEntry } from './bibtex.ts'
import type { Cited } from './cited.ts'
import { cslItem } from './csl.ts'
import { csvHead, csvRow } from './csv.ts'
import { markdownHead, markdownItem } from './markdown.ts'
import { risEntry } from './ris.ts'

interface Writer {
  type: string
  /** The ending of a file's name. */
  ending: string
  head: (title: string) => string
  one: (cited: Cited, first: boolean) => string
  foot: string
}

export const writers: Record<ExportFormat, Writer> = {
  bibtex: {
    type: 'application/x-bibtex; charset=utf-8',
    ending: 'bib',
    head: () => '',
    one: (cited, first) => `${first ? '' : '\n'}${bibtexEntry(cited)}`,
    foot: '',
  },
  ris: { type: 'application/x-research-info-systems; charset=utf-8', ending: 'ris', head: () => '', one: risEntry, foot: '' },
  csl: {
    type: 'application/vnd.citationstyles.csl+json; charset=utf-8',
    ending: 'json',
    head: () => '[',
    one: (cited, first) => `${first ? '' : ','}\n${JSON.stringify(cslItem(cited), null, 1)}`,
    foot: '\n]\n',
  },
  csv: { type: 'text/csv; charset=utf-8', ending: 'csv', head: () => csvHead, one: csvRow, foot: '' },
  markdown: { type: 'text/markdown; charset=utf-8', ending: 'md', head: markdownHead, one: markdownItem, foot: '' },
}

/** Papers written in one go: live rooms must not wait for a library. */
const atOnce = 100

/** The whole document. Other work goes between its parts. */
export async function written(format: ExportFormat, papers: readonly Cited[], title: string): Promise<string> {
  const { head, one, foot } = writers[format]
  const parts = [head(title)]
  for (const [n, cited] of papers.entries()) {
    if (n % atOnce === atOnce - 1) await new Promise(setImmediate)
    parts.push(one(cited, n === 0))
  }
  return parts.join('') + foot
}
