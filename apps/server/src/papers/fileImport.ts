/** Files on their way to a board: what they are read as, and adding them, told step by step as it goes. */
import type { ImportItem, ImportPreview, ImportStep } from '@paperboard/shared/api'
import { type Day, dayAt } from '@paperboard/shared/days'
import type { GroupRow } from '../db/groups.ts'
import type { Rooms } from '../sync/rooms.ts'
import { boardNow } from './boardNow.ts'
import { planPapers, type Read, type Target } from './imports.ts'
import type { NamedBytes } from './read/files.ts'
import { readFilesAside } from './read/readAside.ts'
import { addInSlices, closedBoard, type SlicedParts } from './slices.ts'

export interface ImportParts extends SlicedParts {
  rooms: Pick<Rooms, 'read' | 'edit'>
}

export interface FileImport {
  group: GroupRow
  day: Day
  files: readonly NamedBytes[]
  tell: (step: ImportStep) => Promise<void> | void
}

/** Tells what adding these files would do. */
export async function previewFiles(parts: ImportParts, { group, day, files, tell }: FileImport): Promise<void> {
  const target = await targetOf(parts, group, day)
  await tell({ step: 'reading' })
  const read = await readFilesAside(files, { today: target.today })
  await tell({ step: 'preview', preview: brief((await planPapers(parts.db, read, { target, skip: new Set() })).preview) })
}

/** Adds them. `skip` holds the numbers of papers left out. */
export async function addFiles(
  parts: ImportParts,
  { group, day, files, tell, member, skip }: FileImport & { member: string; skip: ReadonlySet<number> },
): Promise<void> {
  const target = await targetOf(parts, group, day)
  await tell({ step: 'reading' })
  const read: Read = await readFilesAside(files, { today: target.today })
  const progress = (done: number, of: number) => void tell({ step: 'adding', done, of })
  const { added, present } = await addInSlices(parts, { read, target, member, skip, progress })
  await tell({ step: 'added', result: { added, present, day } })
}

async function targetOf(parts: ImportParts, group: GroupRow, day: Day): Promise<Target> {
  const { here, closed } = await boardNow(parts, group.id, day)
  if (closed) throw closedBoard()
  return { group: group.id, day, today: dayAt(parts.now(), group.timeZone), here: new Set(here), before: new Set() }
}

/** A preview of thousands tells no more of each than its line shows: ten thousand abstracts are 13 MB. */
const brief = (preview: ImportPreview): ImportPreview => {
  if (preview.items.length <= 200) return preview
  return { ...preview, items: preview.items.map(shortened) }
}
const shortened = (item: ImportItem): ImportItem => ({ ...item, authors: item.authors.slice(0, 12), abstract: item.abstract.slice(0, 200).toWellFormed() })
