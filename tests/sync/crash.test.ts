/**
 * The server as a process that is killed and stopped while members write. The kill's moment also depends on the machine: a
 * seed repeats only what is drawn. `npm run soak` runs the first test for long.
 */
import { closeCodes } from '@paperboard/shared/closeCodes'
import { addDays } from '@paperboard/shared/days'
import { describe, expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { findRoom } from '../../apps/server/src/db/rooms.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { checkRooms } from '../../apps/server/src/sync/check.ts'
import { bundled } from '../support/bundled.ts'
import {
  contentOf,
  createWorld,
  engines,
  fresh,
  type Gathered,
  gather,
  killOnReturn,
  lossesOf,
  openBoard,
  placesOn,
  type When,
  type World,
  work,
} from '../support/mortal.ts'
import { type Random, randomFrom } from '../support/random.ts'
import type { ServerProcess } from '../support/serverProcess.ts'

const kills = Number(process.env.CRASH_KILLS ?? 6)
/** A board is left after so many kills, so that documents stay of the size that boards have. */
const killsPerBoard = 20

const file = bundled()

/** Half of the kills after some acknowledged messages, half at any moment. */
const drawn = (random: Random): When => (random.chance(0.5) ? { count: 1 + random.below(150) } : { for: random.below(401) })

for (const engine of engines)
  describe.skipIf(!engine.here)(engine.title, () => {
    const place = placesOn(engine)
    const world = async () => {
      const made = await createWorld(place, file())
      onTestFinished(made.end)
      const random = randomFrom()
      console.info(`crash on ${engine.title}: FUZZ_SEED=${random.seed}`)
      return { world: made, random }
    }

    test(
      `[K1] after kill -9 at any moment of mixed work, ${kills} times over, everything acknowledged and everything anybody else saw is there, and nothing comes back that they saw removed`,
      async () => {
        const { world: here, random } = await world()
        let server = await here.start()
        let board = await openBoard(here, server)
        let peers: Gathered = await gather(here, { server, board })
        const sum = { kills: 0, onReturn: 0, acknowledged: 0, made: 0 }
        while (sum.kills < kills) {
          const books = await work(here, peers, { server, board, random, when: drawn(random), end: server.kill })
          sum.kills += 1
          const { acknowledged, made } = total([books.board.counts, books.group.counts])
          sum.acknowledged += acknowledged
          sum.made += made
          if (sum.kills < kills && random.chance(0.2)) {
            await killOnReturn(here, peers, { server: await here.start(), board, after: random.below(200) })
            sum.kills += 1
            sum.onReturn += 1
          }
          server = await here.start()
          expect(await lossesOf(here, { server, board }, books), `after kill ${sum.kills}`).toEqual([])
          peers = await gather(here, { server, board }, peers)
          if (sum.kills % 10 === 0)
            console.info(`${engine.title}: ${sum.kills} of ${kills} kills, ${sum.acknowledged} of ${sum.made} changes acknowledged, none lost`)
          const next = Math.floor(sum.kills / killsPerBoard)
          if (!board.endsWith(addDays(here.today, next))) {
            for (const peer of [...peers.board, ...peers.group]) peer.leave()
            board = await openBoard(here, server, next)
            peers = await gather(here, { server, board }, { board: [], group: peers.group })
          }
        }
        // Without changes under way at the kills nothing would have been proved.
        expect(sum.made).toBeGreaterThan(sum.acknowledged)
        expect(contentOf(await fresh(here, server, board))).toBe(contentOf(peers.board[0]?.doc ?? new Y.Doc()))
        expect(await faultsAfter(here, server)).toEqual([])
        console.info(`${engine.title}: ${JSON.stringify({ seed: random.seed, ...sum, lost: 0 })}`)
      },
      60_000 + kills * 30_000,
    )

    test('[K2] a server that is told to stop while members write ends within 5 s without an error, and nothing is lost', async () => {
      const { world: here, random } = await world()
      const server = await here.start()
      const board = await openBoard(here, server)
      const peers = await gather(here, { server, board })
      let ended: Awaited<ReturnType<ServerProcess['stop']>> | null = null
      const stopIt = async () => {
        ended = await server.stop()
      }
      const books = await work(here, peers, { server, board, random, when: drawn(random), end: stopIt })
      expect(ended).toMatchObject({ code: 0 })
      expect(ended).toSatisfy((end: { ms: number }) => end.ms < 5_000)
      for (const peer of [...peers.board, ...peers.group]) expect(peer.closed?.code).toBe(closeCodes.unavailable)
      const again = await here.start()
      expect(await lossesOf(here, { server: again, board }, books)).toEqual([])
      await gather(here, { server: again, board }, peers)
      expect(await faultsAfter(here, again)).toEqual([])
    }, 60_000)

    test('[K3] after a crash the rows of a board are brought up to its document without anybody opening it', async () => {
      const { world: here, random } = await world()
      const server = await here.start()
      const board = await openBoard(here, server)
      const peers = await gather(here, { server, board })
      await work(here, peers, { server, board, random, when: { count: 1 + random.below(150) }, end: server.kill })
      await here.start()
      const db = await here.open()
      onTestFinished(() => db.close())
      const stored = await findRoom(db, board)
      const doc = new Y.Doc()
      if (stored?.snapshot) Y.applyUpdate(doc, stored.snapshot.data)
      for (const { data } of stored?.updates ?? []) Y.applyUpdate(doc, data)
      const { votes, offers, comments, boardPapers } = db.t
      const keysIn = (root: string) => [...doc.getMap(root).keys()].sort()
      const timesIn = (root: string) => [...doc.getMap<{ at: number; edited?: number }>(root).values()].map(record => record.edited ?? record.at).sort()
      await expect
        .poll(
          async () => ({
            papers: (await db.sql.select().from(boardPapers)).map(row => row.paper).sort(),
            votes: (await db.sql.select().from(votes)).map(row => row.at).sort(),
            offers: (await db.sql.select().from(offers)).map(row => row.at).sort(),
            comments: (await db.sql.select().from(comments)).map(row => row.edited ?? row.at).sort(),
          }),
          { timeout: 10_000 },
        )
        .toEqual({ papers: keysIn('papers'), votes: timesIn('votes'), offers: timesIn('offers'), comments: timesIn('comments') })
      expect(peers.board.every(peer => peer.closed !== null)).toBe(true)
    }, 60_000)
  })

/** What the check of an installation finds once its server has stopped: documents that are not what their log makes, rows that are not those of their documents. */
async function faultsAfter(world: World, server: ServerProcess): Promise<string[]> {
  await server.stop()
  const [db, scratch] = [await world.open(), await openSqlite(':memory:')]
  const { faults, behind } = await checkRooms(db, scratch)
  await Promise.all([db.close(), scratch.close()])
  return behind === 0 ? faults : [...faults, `${behind} rooms whose rows are behind`]
}

const total = (counts: readonly { acknowledged: number; made: number }[]) => ({
  acknowledged: counts.reduce((sum, count) => sum + count.acknowledged, 0),
  made: counts.reduce((sum, count) => sum + count.made, 0),
})
