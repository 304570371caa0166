import { setTimeout as pause } from 'node:timers/promises'
import { meetingNote, noteOf } from '@paperboard/shared/notes'
import { meetingRoom } from '@paperboard/shared/room'
import * as Y from 'yjs'
import { meter, percentile } from '../figures.ts'
import { Member } from '../member.ts'
import { onStage, type Scenario, valid } from '../scenario.ts'
import { Stage } from '../stage.ts'

/** What a writer finds in the note, so that all write in it and not at its end. */
const paragraph = 'We read this slowly, and asked what it would take to see it fail.\n\n'

/** ms between a key and telling the others where one's cursor is then, as in the editor. */
const pace = 80

/** How long a key takes to the others' documents while many write one note. */
export const notes: Scenario = {
  name: 'notes',
  about:
    '{writers} members with whole documents write one note of a meeting, each {keys} keys, {rate} a second, in a paragraph of their own; with their cursors shown where {cursors} is 1',
  settings: { writers: 30, rate: 6, keys: 240, cursors: 1 },
  cases: [{}, { cursors: 0 }, { writers: 2 }],
  quick: { writers: 10, keys: 30 },
  targets: ['paperboard', 'paperboard-memory'],
  needs: 'acknowledgements',
  columns: {
    p50: { title: "in the others' documents, p50 ms", better: 'less' },
    p99: { title: 'p99 ms', better: 'less' },
    cpu: { title: 'CPU of the server, %', better: 'less' },
    perKey: { title: 'CPU per key, µs', better: 'less' },
    waited: { title: 'waited for a CPU, %' },
    generator: { title: 'CPU of the load generator, %' },
  },
  run: (options, { writers = 0, rate = 0, keys = 0, cursors = 0 }) =>
    onStage(new Stage(options), async ({ server, world }) => {
      const url = `http://127.0.0.1:${server.port}`
      const accounts = world.members.slice(0, writers)
      const room = await openMeeting(url, { group: world.busy.split('/')[1] ?? '', cookie: accounts[0]?.cookie ?? '' })
      const members = accounts.map(({ cookie }) => new Member(url, { cookie, room }))
      await Promise.all(members.map(({ ready }) => ready))
      const [first] = members
      if (first !== undefined) noteOf(first.doc, meetingNote).insert(0, paragraph.repeat(writers))
      await Promise.all(members.map(({ doc, until }, n) => until.call(members[n], () => noteOf(doc, meetingNote).length === paragraph.length * writers)))
      const typed = new Typed(members)
      const measured = meter(server.pid)
      await Promise.all(
        members.map((member, n) =>
          type(member, {
            ...{ typed, keys, rate },
            from: (n + 1) * paragraph.length - 2,
            delay: (n / writers / rate) * 1_000,
            shown: cursors === 0 ? null : (accounts[n]?.id ?? null),
          }),
        ),
      )
      await Promise.all(members.map(member => member.until(() => noteOf(member.doc, meetingNote).length === paragraph.length * writers + keys * writers)))
      const { cpu, seconds, waited, generator } = measured()
      const texts = new Set(members.map(({ doc }) => noteOf(doc, meetingNote).toString()))
      valid(texts.size === 1 && typed.times.length === keys * writers * (writers - 1), 'not every key came to everybody')
      for (const member of members) await member.leave()
      return {
        p50: percentile(typed.times, 0.5),
        p99: percentile(typed.times, 0.99),
        cpu: (cpu / seconds) * 100,
        perKey: (cpu / (keys * writers)) * 1e6,
        waited: waited * 100,
        generator: generator * 100,
      }
    }),
}

async function openMeeting(url: string, { group, cookie }: { group: string; cookie: string }): Promise<string> {
  const response = await fetch(`${url}/api/groups/${group}/meetings`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Many write' }),
  })
  const { id } = (await response.json()) as { id: string }
  return meetingRoom(group, id)
}

/** When keys were pressed, and how long (ms) each took to each other document. A key is a clock of its writer. */
class Typed {
  readonly times: number[] = []
  readonly #pressed = new Map<string, number>()

  constructor(members: readonly Member[]) {
    for (const { doc } of members) {
      doc.on('afterTransaction', ({ local, beforeState, afterState }: Y.Transaction) => {
        if (local) return
        const now = performance.now()
        for (const [client, to] of afterState)
          for (let clock = beforeState.get(client) ?? 0; clock < to; clock++) {
            const at = this.#pressed.get(`${client} ${clock}`)
            if (at !== undefined) this.times.push(now - at)
          }
      })
    }
  }

  press({ doc }: Member, act: () => void) {
    const clock = doc.store.clients.get(doc.clientID)?.at(-1)
    this.#pressed.set(`${doc.clientID} ${clock === undefined ? 0 : clock.id.clock + clock.length}`, performance.now())
    act()
  }
}

interface Typing {
  typed: Typed
  /** The end of one's paragraph at the beginning. */
  from: number
  keys: number
  rate: number
  /** ms */
  delay: number
  /** Who one is, where one's cursor is shown to the others. */
  shown: string | null
}

/** Types at the end of one's paragraph, which moves as the others write above. */
async function type(member: Member, { typed, from, keys, rate, delay, shown }: Typing) {
  const { doc } = member
  const text = noteOf(doc, meetingNote)
  // By the character before it: whoever watched the changes of all others would be busy with that alone.
  let end = Y.createRelativePositionFromTypeIndex(text, from, -1)
  let telling: NodeJS.Timeout | null = null
  const tell = () => {
    telling = null
    const at = Y.createAbsolutePositionFromRelativePosition(end, doc)?.index ?? 0
    const { item } = Y.createRelativePositionFromTypeIndex(text, at)
    const spot = item && { client: item.client, clock: item.clock }
    if (shown !== null) member.say({ member: shown, item: 'lobby', cursor: { note: meetingNote, anchor: spot, head: spot } })
  }
  const begun = performance.now() + delay
  for (let n = 0; n < keys; n++) {
    await pause(Math.max(0, begun + (n * 1_000) / rate - performance.now()))
    const at = Y.createAbsolutePositionFromRelativePosition(end, doc)?.index ?? 0
    typed.press(member, () => text.insert(at, 'x'))
    end = Y.createRelativePositionFromTypeIndex(text, at + 1, -1)
    if (shown !== null) telling ??= setTimeout(tell, pace)
  }
  if (telling !== null) clearTimeout(telling)
}
