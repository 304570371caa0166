/** Papers out of Paperboard: asked of the server as a file, and copied or saved here. */
import type { ExportFormat, ExportOf } from '@paperboard/shared/api'
import { answer, api, RequestError } from '../api.ts'

export const formatNames: Record<ExportFormat, { name: string; about: string }> = {
  bibtex: { name: 'BibTeX', about: 'LaTeX, JabRef, Zotero' },
  ris: { name: 'RIS', about: 'Zotero, EndNote, Mendeley' },
  csl: { name: 'CSL-JSON', about: 'Pandoc, citeproc' },
  csv: { name: 'CSV', about: 'Spreadsheets, with votes' },
  markdown: { name: 'Markdown', about: 'Notes and mails' },
}

export interface ExportFile {
  text: string
  name: string
}

/** Throws `RequestError`. */
export const fetchExport = async (group: string, format: ExportFormat, papers: ExportOf): Promise<ExportFile> => {
  const response = await api.groups[':group'].export.$post({ param: { group }, json: { format, papers } }).catch(() => {
    throw new RequestError('offline', navigator.onLine ? 'The server cannot be reached.' : 'You are offline.')
  })
  if (!response.ok) await answer(Promise.resolve(response))
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'papers.txt'
  return { text: await response.text(), name }
}

export const saveFile = ({ text, name }: ExportFile): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
