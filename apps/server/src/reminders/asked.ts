/**
 * Tells members under the bell what others ask of them: to present, to swap, to stand in; and what became of a swap. Any
 * server does, as soon as it is in its rows and each minute; a notice is unique, so that it comes once.
 */
import { addDays, type Day, dayAt, formatDay } from '@paperboard/shared/days'
import { newId } from '@paperboard/shared/ids'
import type { Database } from '../db/database.ts'
import { addNotice, type NewNotice, saidOf } from '../db/notices.ts'
import { memberNames, type PresenterRow, putDownSince, type SwapRow, sessionDays, swapsSince } from '../db/turns.ts'

const dayMs = 86_400_000
/** What was asked longer ago is not told any more, as after a restore: ms. */
const newFor = 14 * dayMs

type Said = Omit<NewNotice, 'id' | 'inApp' | 'at'>

/** Gives the notices that are due. Resolves with whom something was told. */
export async function tellAsked(db: Database, now: number): Promise<string[]> {
  const today = dayAt(now, 'UTC')
  const put = await putDownSince(db, now - newFor, addDays(today, -1))
  const swaps = await swapsSince(db, now - newFor)
  const things = [...put, ...swaps].map(({ key }) => key)
  const nameOf = ({ person, kind, thing, occasion }: Pick<NewNotice, 'person' | 'kind' | 'thing' | 'occasion'>) => `${person} ${kind} ${thing} ${occasion}`
  const said = new Set((await saidOf(db, things)).map(nameOf))
  const told = new Set<string>()
  for (const [group, rows] of Map.groupBy([...put, ...swaps], row => row.group)) {
    const fresh = rows.flatMap(row => occasionsOf(row)).filter(({ name }) => !said.has(nameOf(name)))
    if (fresh.length === 0) continue
    const known = { days: await sessionDays(db, group), names: await memberNames(db, group) }
    for (const { name, words } of fresh) {
      const notice: Said = { ...name, ...words(known), group, path: `/g/${group}/rota` }
      if (await addNotice(db, { ...notice, id: newId(), inApp: true, at: now })) told.add(name.person)
    }
  }
  return [...told]
}

interface Known {
  days: ReadonlyMap<string, Day>
  names: ReadonlyMap<string, string>
}

interface ToSay {
  name: Pick<NewNotice, 'person' | 'kind' | 'thing' | 'occasion'>
  words: (known: Known) => { title: string; text: string }
}

const occasionsOf = (row: PresenterRow | SwapRow): ToSay[] => ('asker' in row ? ofSwap(row) : [ofPresenter(row)])

const dayName = (day: Day | undefined) => (day === undefined ? 'a session that is gone' : formatDay(day, undefined, 'en-GB'))

const ofPresenter = (row: PresenterRow): ToSay => ({
  name: { person: row.person, kind: 'asked', thing: row.key, occasion: String(row.at) },
  words: ({ names }) => {
    const by = names.get(row.by) ?? 'An organizer'
    const when = dayName(row.day)
    const title = row.asked ? `${by} asks you to present on ${when}` : `${by} has put you down to present on ${when}`
    return { title, text: row.asked ? 'Say whether you can.' : `In ${row.groupName}. You can skip, or ask somebody to swap.` }
  },
})

function ofSwap(row: SwapRow): ToSay[] {
  const { key, asker, member, accepted } = row
  if (accepted === null) return [{ name: { person: member, kind: 'swap', thing: key, occasion: 'asked' }, words: known => askedWords(row, known) }]
  return [{ name: { person: asker, kind: 'swap', thing: key, occasion: 'answered' }, words: known => answeredWords(row, known) }]
}

function askedWords({ asker, mine, theirs, note }: SwapRow, { days, names }: Known) {
  const who = names.get(asker) ?? 'Somebody'
  const first = dayName(days.get(mine))
  return {
    title: theirs === null ? `${who} asks you to stand in on ${first}` : `${who} asks to swap with you`,
    text: [theirs === null ? 'You would present instead of them.' : `You would present on ${first}, and they on ${dayName(days.get(theirs))}.`, note]
      .filter(Boolean)
      .join(' '),
  }
}

function answeredWords({ member, mine, theirs, accepted }: SwapRow, { days, names }: Known) {
  const who = names.get(member) ?? 'Somebody'
  const first = dayName(days.get(mine))
  if (accepted !== true) return { title: theirs === null ? `${who} cannot stand in` : `${who} cannot swap`, text: `You still present on ${first}.` }
  return theirs === null
    ? { title: `${who} stands in for you`, text: `You no longer present on ${first}.` }
    : { title: `${who} swaps with you`, text: `You present on ${dayName(days.get(theirs))}, and they on ${first}.` }
}
