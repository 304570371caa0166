/**
 * Steps that bring a group's document of old up to the shape that the product reads. Each runs once, on the server, when a
 * room that was stored before it is opened; a second run finds nothing to do. What was once is known here and nowhere else.
 */
import type * as Y from 'yjs'
import { z } from 'zod'

const Listing = z.looseObject({ day: z.string(), at: z.number(), papers: z.array(z.string()), guests: z.array(z.string()) })
const Dated = z.looseObject({ paper: z.string(), role: z.string(), due: z.string() })

/** Sessions listed their papers and guests themselves, so that of two who added one at once one was lost. */
const papersAndGuestsApart = (doc: Y.Doc): void => {
  const maps = { sessions: doc.getMap('sessions'), papers: doc.getMap('sessionPapers'), guests: doc.getMap('sessionGuests'), readings: doc.getMap('readings') }
  const sessionOf = new Map<string, string>()
  for (const [key, stored] of [...maps.sessions.entries()]) {
    const old = Listing.safeParse(stored).data
    if (old === undefined) continue
    const { papers, guests, ...session } = old
    for (const [n, paper] of papers.entries()) {
      maps.papers.set(`${key}:${paper}`, { order: n + 1, part: '', at: old.at })
      sessionOf.set(`${old.day} ${paper}`, key)
    }
    for (const [n, name] of guests.entries())
      maps.guests.set(`${key}:${String(n).padStart(12, '0')}`, { name: name.trim(), role: 'presenter', paper: null, at: old.at })
    maps.sessions.set(key, session)
  }
  // Who presented was told by the day alone.
  for (const [key, stored] of [...maps.readings.entries()]) {
    const old = Dated.safeParse(stored).data
    const session = old === undefined ? undefined : sessionOf.get(`${old.due} ${old.paper}`)
    if (old?.role === 'presenter' && session !== undefined) maps.readings.set(key, { ...old, session, due: null })
  }
}

export const groupSteps = { 2: papersAndGuestsApart }
