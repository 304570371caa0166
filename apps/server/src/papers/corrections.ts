/** Members correct what sources or others have told of a paper, for their group alone. Nothing is lost: each correction stays, and can be taken back. */
import type { CorrectPaper, PaperCorrection } from '@paperboard/shared/api'
import { newId } from '@paperboard/shared/ids'
import type { Database } from '../db/database.ts'
import { type CorrectedFields, type Correction, correctionsOf, insertCorrection } from '../db/facts.ts'
import { doublesOf, findPapers, type PaperRow } from '../db/papers.ts'
import { Problem } from '../errors.ts'
import { type ChangedEntry, followEntry, keepTold } from './outside/entries.ts'
import { standing } from './outside/merging.ts'

interface Act {
  group: string
  paper: string
  member: string
  now: number
}

const fieldNames = ['title', 'authors', 'abstract', 'venue', 'published', 'url'] as const
type FieldName = (typeof fieldNames)[number]

/**
 * Writes a correction and brings the entry up to date; gives what has changed, nothing where all of it says so already.
 * Runs within a transaction. Throws `not-found` for a paper that is not the group's, `conflict` for one that groups share.
 */
export async function correctPaper(tx: Database, { group, paper, member, now }: Act, fields: CorrectPaper): Promise<ChangedEntry[]> {
  const work = await workOf(tx, group, paper)
  const before = fieldNames.filter(name => fields[name] !== undefined && JSON.stringify(fields[name]) !== JSON.stringify(shown(work, name)))
  if (before.length === 0) return []
  return write(tx, work, {
    ...blank({ group, member, now, paper: work.id }),
    fields: Object.fromEntries(before.map(name => [name, fields[name]])),
    before: Object.fromEntries(before.map(name => [name, shown(work, name)])),
  })
}

/** Takes a correction back: each of its fields says what the corrections before it say, or what sources tell. As correctPaper. */
export async function undoCorrection(tx: Database, { group, paper, member, now }: Act, id: string): Promise<ChangedEntry[]> {
  const work = await workOf(tx, group, paper)
  const all = await allOf(tx, work)
  const undone = all.find(correction => correction.id === id)
  if (undone === undefined) throw new Problem('not-found', 'There is no such correction of this paper.')
  const takenBack = new Set([id, ...all.flatMap(({ undoes }) => undoes ?? [])])
  const others = standing(all.filter(correction => !takenBack.has(correction.id) && correction.undoes === null))
  const names = fieldNames.filter(name => undone.fields[name] !== undefined)
  return write(tx, work, {
    ...blank({ group, member, now, paper: work.id }),
    fields: Object.fromEntries(names.map(name => [name, name in others ? (others[name] ?? '') : null])),
    before: Object.fromEntries(names.map(name => [name, shown(work, name)])),
    undoes: id,
  })
}

/** The corrections of a paper in a group, newest first, as its members are shown them. */
export async function historyOf(db: Database, group: string, paper: string): Promise<PaperCorrection[]> {
  const all = await allOf(db, await workOf(db, group, paper))
  const undone = new Set(all.flatMap(({ undoes }) => undoes ?? []))
  return all.toReversed().map(({ id, member, at, fields, before, undoes }) => ({ id, member, at, fields, before, undoes, undone: undone.has(id) }))
}

const blank = ({ group, paper, member, now }: Act): Omit<Correction, 'fields' | 'before'> => ({ id: newId(), group, paper, member, at: now, undoes: null })

async function write(tx: Database, work: PaperRow, correction: Correction): Promise<ChangedEntry[]> {
  // What the group told of it first, so that giving a field back gives something back.
  await keepTold(tx, work, correction.at)
  // The last word counts, so no two are of one moment.
  const last = (await allOf(tx, work)).at(-1)
  await insertCorrection(tx, { ...correction, at: Math.max(correction.at, (last?.at ?? 0) + 1) })
  return followEntry(tx, work, correction.at)
}

const shown = (row: PaperRow, name: FieldName): NonNullable<CorrectedFields[FieldName]> => row[name] ?? ''

const allOf = async (db: Database, work: PaperRow) => correctionsOf(db, [work.id, ...(await doublesOf(db, work.id)).map(({ id }) => id)])

/** The entry itself, also where the id is another one of it. */
async function workOf(db: Database, group: string, paper: string): Promise<PaperRow> {
  const [named] = await findPapers(db, [paper])
  const [row] = named?.sameAs == null ? [named] : await findPapers(db, [named.sameAs])
  if (row === undefined || (row.scope !== group && row.scope !== '')) throw new Problem('not-found', 'There is no such paper on a board of the group.')
  // What one group writes there would stand on the boards of the others.
  if (row.scope === '')
    throw new Problem('conflict', 'Several groups share this entry, so it cannot be corrected here. Take it off the board and add it again.')
  return row
}
