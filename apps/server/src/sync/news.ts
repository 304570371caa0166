/**
 * News of what is kept beside the documents: whoever hears of it asks for it. Nothing depends on its arrival: whom it does not
 * reach asks unasked, a little later or with the next visit.
 */
import { limits } from '@paperboard/shared/limits'
import { z } from 'zod'
import type { Connection } from './connection.ts'
import { boardsMessage, type Frame, noticesMessage, papersMessage, standingMessage } from './messages.ts'
import type { Room } from './room.ts'

export const News = z.discriminatedUnion('kind', [
  /** The notices of these people have changed: told wherever they have a room open. */
  z.object({ kind: z.literal('notices'), people: z.array(z.string()) }),
  /** What meetings of this group leave somebody to do has changed: told to whoever has the group open. */
  z.object({ kind: z.literal('tasks'), group: z.string() }),
  /** What is known of papers has changed: told to whoever has the group open. */
  z.object({ kind: z.literal('papers'), group: z.string(), papers: z.array(z.string()) }),
  /** What the rows say of the boards of these days has changed: told to whoever has the group open. */
  z.object({ kind: z.literal('boards'), group: z.string(), days: z.array(z.string()) }),
  /** What stands for an agenda has changed: told to whoever has a meeting of the group open. */
  z.object({ kind: z.literal('standing'), group: z.string() }),
])
export type News = z.infer<typeof News>

/** Papers told of in one message. */
const papersTold = limits.papersAsked

/** The same in messages: each has a bound, and a client asks for so many papers at once. */
export function inMessages(news: News): News[] {
  if (news.kind !== 'papers') return [news]
  const messages: News[] = []
  for (let from = 0; from < news.papers.length; from += papersTold) messages.push({ ...news, papers: news.papers.slice(from, from + papersTold) })
  return messages
}

/** Tells those whom it is for of those who have these rooms open. */
export function tellNews(news: News, rooms: Iterable<Room>): void {
  const frame = frameOf(news)
  for (const connection of listeners(news, rooms)) connection.tellNews(frame)
}

function frameOf(news: News): Frame {
  switch (news.kind) {
    case 'notices':
    case 'tasks':
      return noticesMessage()
    case 'papers':
      return papersMessage(news.papers)
    case 'boards':
      return boardsMessage(news.days)
    case 'standing':
      return standingMessage()
  }
}

function* listeners(news: News, rooms: Iterable<Room>): Iterable<Connection> {
  const people = news.kind === 'notices' ? new Set(news.people) : null
  for (const room of rooms)
    if (people !== null) {
      for (const connection of room.connections) if (people.has(connection.member)) yield connection
    } else if (isToldIn(news, room)) yield* room.connections
}

/** Everybody has the room of the group open who has one of its boards open. */
const isToldIn = (news: News, { name }: Room): boolean =>
  news.kind !== 'notices' && name.group === news.group && name.kind === (news.kind === 'standing' ? 'meeting' : 'group')
