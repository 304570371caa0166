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

const Handed = z.looseObject({ member: z.string(), role: z.string(), session: z.string().optional(), due: z.string().nullable(), at: z.number() })
const Dayed = z.looseObject({ day: z.string(), cancelled: z.boolean() })

/** Who presents was told by readings and by presenters. Now by these alone: readings of presenters get theirs, those of a day its session. */
const presentersApart = (doc: Y.Doc): void => {
  const [readings, presenters] = [doc.getMap('readings'), doc.getMap('presenters')]
  const sessions = [...doc.getMap('sessions').entries()].flatMap(([key, stored]) => {
    const session = Dayed.safeParse(stored).data
    return session === undefined ? [] : [{ key, ...session }]
  })
  const skipped = doc.getMap('skips')
  for (const [key, stored] of [...readings.entries()]) {
    const reading = Handed.safeParse(stored).data
    if (reading?.role !== 'presenter') continue
    const [there, ...others] = sessions.filter(({ day, cancelled }) => day === reading.due && !cancelled)
    const session = reading.session ?? (others.length === 0 ? there?.key : undefined)
    if (session === undefined) continue
    if (reading.session === undefined) readings.set(key, { ...reading, session, due: null })
    const at = `${session}:${reading.member}`
    if (presenters.has(at) || skipped.has(at)) continue
    const by = key.split(':')[1] ?? ''
    presenters.set(at, { turnOf: reading.member, way: 'paper', asked: false, offer: null, by, at: reading.at })
  }
}

export const groupSteps = { 2: papersAndGuestsApart, 3: presentersApart }
