import { type ImportFrom, type ImportPreview, PaperByHand } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { z } from 'zod'
import { answer, api, queries } from '../api.ts'
import type { ImportStart } from './nav.ts'
import { addFiles, type Progress, previewOfFiles } from './upload.ts'

export type Tab = ImportStart['tab']

/** What is typed into the dialog. All tabs keep theirs while another is in sight. */
export interface Typed {
  text: string
  title: string
  authors: string
  url: string
  abstract: string
}

const nothingTyped: Typed = { text: '', title: '', authors: '', url: '', abstract: '' }
const Kept = z.object({ text: z.string(), title: z.string(), authors: z.string(), url: z.string(), abstract: z.string() })

/** Characters from which on a text is sent as a file. */
const longText = 200_000

/** What was typed, from its draft. */
export const typedFrom = (draft: string): Typed => {
  try {
    return Kept.parse(JSON.parse(draft))
  } catch {
    return nothingTyped
  }
}

/** What to mend, by field, as sentences. */
export type Mend = Partial<Record<keyof Typed, string>>

/** What is given to be read: a source of the API, or files with what is typed above them. */
export type Given = ImportFrom | { from: 'files'; files: readonly File[] }

/** A preview, with what it was asked for. */
export interface Shown {
  source: Given
  day: Day
  preview: ImportPreview
}

/** What is typed as a source the server takes, or what to mend first. */
export const sourceOf = (tab: Tab, typed: Typed, files: readonly File[] = []): { source: Given } | { mend: Mend } => {
  if (tab === 'sample') return { source: { from: 'sample' } }
  // Long texts go the way of files, which tells how far it is.
  if (tab === 'paste' && (files.length > 0 || typed.text.length > longText)) {
    const pasted = typed.text.trim() === '' ? [] : [new File([typed.text], 'pasted text', { type: 'text/plain' })]
    return { source: { from: 'files', files: [...pasted, ...files] } }
  }
  if (tab === 'paste')
    return typed.text.trim() === '' ? { mend: { text: 'Please paste something to read first.' } } : { source: { from: 'text', text: typed.text } }
  const authors = typed.authors.split(/[,\n]/).flatMap(name => name.trim() || [])
  const paper = PaperByHand.safeParse({ title: typed.title, authors, url: typed.url.trim(), abstract: typed.abstract })
  if (paper.success) return { source: { from: 'hand', paper: paper.data } }
  const wrong = new Set(paper.error.issues.map(({ path }) => path[0]))
  return {
    mend: {
      ...(wrong.has('title') && { title: 'Please give a title.' }),
      ...(wrong.has('authors') && { authors: 'Please separate the names by commas or lines; one of them is too long.' }),
      ...(wrong.has('url') && { url: 'Please give a link that starts with https://' }),
      ...(wrong.has('abstract') && { abstract: 'This abstract is too long.' }),
    },
  }
}

/** What the server understands of a source, for one board. Throws `RequestError`. */
export const previewFor = async (group: string, day: Day, source: Given): Promise<Shown> => ({
  source,
  day,
  preview:
    source.from === 'files'
      ? await previewOfFiles({ group, day, files: source.files })
      : await answer(api.groups[':group'].boards[':day'].preview.$post({ param: { group, day }, json: { source } })),
})

/** Adds what the preview shows, less what is left out, and lets all that counts papers ask anew. Throws `RequestError`. */
export const addPapers = async (
  group: string,
  { source, day, preview }: Shown,
  { left, onProgress }: { left: ReadonlySet<number>; onProgress: (progress: Progress) => void },
) => {
  // Repeats are named too: else leaving out the first of two would add the second.
  const skip = preview.items.filter(({ number, status }) => left.has(number) || status === 'repeated').map(({ number }) => number)
  const result =
    source.from === 'files'
      ? await addFiles({ group, day, files: source.files, onProgress }, skip)
      : await answer(api.groups[':group'].boards[':day'].papers.$post({ param: { group, day }, json: { source, skip } }))
  for (const queryKey of [
    ['papers', group, result.day],
    ['days', group],
    ['counts', group],
  ])
    void queries.invalidateQueries({ queryKey })
  return result
}

export const papersInWords = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'paper' : 'papers'}`
