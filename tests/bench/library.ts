/** A group with a library of many papers, made from recorded ones, and what people type to find something there. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { addDays, dayAt } from '@paperboard/shared/days'
import { defaultSettings } from '@paperboard/shared/members'
import { eq } from 'drizzle-orm'
import type { Database } from '../../apps/server/src/db/database.ts'
import { addGroup, addMember } from '../../apps/server/src/db/groups.ts'
import { chunked, insertPapers, type PaperRow } from '../../apps/server/src/db/papers.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { titleKey } from '../../apps/server/src/papers/identity.ts'
import { idOf } from '../support/longBoard.ts'
import { type Random, randomFrom } from '../support/random.ts'

/** A record of arXiv. */
export interface Recorded {
  id: string
  title: string
  authors: string[]
  summary: string
  categories: string[]
}

export const group = { id: 'groupgroup00', name: 'Bench', timeZone: 'UTC', settings: defaultSettings }
export const paperAt = (n: number) => idOf('paper', n)
const person = (n: number) => idOf('member', n)
export const me = person(0)

const members = { all: 60, voting: 4, adding: 7 }
const papersADay = 100
const dayMs = 86_400_000
const tags = ['agents', 'rl', 'theory', 'to-read', 'vision', 'robotics', 'speech', 'survey']

export function recorded(file: string): Recorded[] {
  const bytes = readFileSync(file)
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString()
  return text.split('\n').flatMap(line => (line.trim() === '' ? [] : [JSON.parse(line)]))
}

/** The recorded papers, then others made of halves of their titles, of their authors and of sentences of their abstracts. */
function paperRow(n: number, from: readonly Recorded[]): PaperRow {
  const round = Math.floor(n / from.length)
  const part = (k: number) => from[(n * k + round * 7_919 * k) % from.length] ?? from[0]
  const [one, two, three, four] = [part(1), part(3), part(7), part(11)]
  if (one === undefined || two === undefined || three === undefined || four === undefined) throw new Error('There are no papers in the file')
  const half = (text: string, which: 0 | 1) => {
    const words = text.split(' ')
    return words.slice(which * Math.ceil(words.length / 2), which === 0 ? Math.ceil(words.length / 2) : undefined).join(' ')
  }
  const title = round === 0 ? one.title : `${half(one.title, 0)} ${half(two.title, 1)}`
  const sentences = [one, two, three].flatMap(({ summary }, k) => summary.split('. ').filter((_, m) => m % 3 === k))
  return {
    ...{ id: paperAt(n), scope: group.id, title, titleKey: titleKey(title), authors: round === 0 ? one.authors : four.authors },
    abstract: round === 0 ? one.summary : sentences.join('. '),
    ...{ arxivId: round === 0 ? one.id : null, arxivVersion: null, doi: null, url: null, links: [], venue: null, published: null },
    ...{ subjects: one.categories, sameAs: null },
  }
}

const filledName = 'bench-filled'

/** When the library of this database was filled; null where that was never done to its end. */
async function filledAt(db: Database): Promise<number | null> {
  const { meta } = db.t
  const [row] = await db.sql.select({ value: meta.value }).from(meta).where(eq(meta.name, filledName))
  return row === undefined ? null : Number(row.value)
}

/** The library as its rows: what made them is not measured. One that is there already is left as it is. Gives the time to ask at. */
export async function filled(db: Database, papers: number, from: readonly Recorded[]): Promise<number> {
  const before = await filledAt(db)
  if (before !== null) return before
  const now = Date.now()
  await people(db, now)
  const random = randomFrom(1)
  for (const some of chunked(Array.from({ length: papers }, (_, n) => n))) {
    const rows = some.map(n => paperRow(n, from))
    await insertPapers(db, rows, now)
    const boards = some.map(n => {
      const back = Math.floor((papers - 1 - n) / papersADay)
      const day = addDays(dayAt(now, group.timeZone), -back)
      return { group: group.id, day, paper: paperAt(n), addedBy: person(n % members.adding), addedAt: now - back * dayMs, position: n }
    })
    await db.sql.insert(db.t.boardPapers).values(boards)
    await said(db, boards, random, rows)
  }
  await db.sql.insert(db.t.meta).values({ name: filledName, value: String(now) })
  return now
}

async function people(db: Database, now: number): Promise<void> {
  for (let n = 0; n < members.all; n++)
    await addPerson(db, { id: person(n), email: `${person(n)}@example.org`, name: `Member ${n}`, passwordHash: 'x', createdAt: now })
  await addGroup(db, { ...group, owner: me, createdAt: now })
  for (let n = 1; n < members.all; n++) await addMember(db, { group: group.id, person: person(n), role: 'member', now })
}

/** One paper in ten has votes, one in 25 a comment, one in five a tag, and every third I have opened. */
async function said(db: Database, boards: { day: string; paper: string; addedAt: number }[], random: Random, rows: readonly PaperRow[]): Promise<void> {
  const some = (probability: number) => boards.filter(() => random.chance(probability))
  const votes = some(0.1).flatMap(({ day, paper, addedAt }) =>
    Array.from({ length: 1 + random.below(members.voting) }, (_, m) => ({ group: group.id, day, paper, member: person(m), value: 1, at: addedAt })),
  )
  const comments = some(0.04).map(({ day, paper, addedAt }) => {
    const text = random.pick(rows).abstract.slice(0, 300)
    return { group: group.id, day, key: `c${paper}`, paper, author: person(random.below(members.all)), parent: null, text, at: addedAt, edited: null }
  })
  const tagged = some(0.2).map(({ paper, addedAt }) => ({ group: group.id, paper, tag: random.pick(tags), by: me, at: addedAt }))
  const opened = some(0.33).map(({ paper, addedAt }) => ({ group: group.id, person: me, paper, at: addedAt }))
  const { t } = db
  if (votes.length > 0) await db.sql.insert(t.votes).values(votes)
  if (comments.length > 0) await db.sql.insert(t.comments).values(comments)
  if (tagged.length > 0) await db.sql.insert(t.paperTags).values(tagged)
  if (opened.length > 0) await db.sql.insert(t.openedPapers).values(opened)
}

/** What is in the box after each letter. `kind`: words, a name, a field, or a word with a letter left out. */
export interface Typed {
  q: string
  kind: 'words' | 'a name' | 'author:' | 'voted:' | 'misspelt'
}

/** Parts of titles and names letter by letter, some misspelt, some with fields. */
export function typed(from: readonly Recorded[]): Typed[] {
  const random = randomFrom(2)
  const lines: Typed[] = []
  for (let n = 0; n < 40; n++) {
    const { title, authors } = random.pick(from)
    const words = title.split(/\s+/).filter(word => /^[A-Za-z-]{3,}$/.test(word))
    const at = random.below(Math.max(1, words.length - 2))
    const line = words.slice(at, at + 1 + random.below(3)).join(' ')
    const surname = random.pick(authors).split(' ').at(-1) ?? ''
    if (n % 4 === 3) lines.push({ q: surname, kind: 'a name' })
    else if (n % 8 === 2) lines.push({ q: `author:${surname} ${line}`, kind: 'author:' })
    else if (n % 8 === 6) lines.push({ q: `voted:me ${line}`, kind: 'voted:' })
    else lines.push({ q: line.toLowerCase(), kind: 'words' })
    if (n % 5 === 0 && line.length > 6) lines.push({ q: line.slice(0, 3) + line.slice(4), kind: 'misspelt' })
  }
  return lines.flatMap(({ q, kind }) => Array.from(q, (_, n) => ({ q: q.slice(0, n + 1), kind })))
}

/** Every field, alone and beside a word. */
export function fields(now: number): string[] {
  const [today, month] = [dayAt(now, group.timeZone), dayAt(now - 60 * dayMs, group.timeZone).slice(0, 7)]
  const narrowing = [
    'voted:me',
    '-voted:me',
    'voted:"member 3"',
    'read:me',
    '-read:me',
    'from:me',
    '-from:me',
    'tag:rl',
    '-tag:rl',
    'author:wang',
    'title:graph',
  ]
  const days = [`on:${today}`, `on:${month}`, `before:${month}`, `after:${month}`, `after:${month.slice(0, 4)}`]
  return [...narrowing, ...days].flatMap(field => [field, `${field} learning`]).concat('-diffusion', 'kind:comments learning', 'the')
}
