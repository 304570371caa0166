import { tmpdir } from 'node:os'
import { castVote, papersOf } from '@paperboard/shared/board'
import { cpuOf, meter, percentile, syncTimes } from '../figures.ts'
import { Member } from '../member.ts'
import { onStage, type Scenario } from '../scenario.ts'
import { Stage } from '../stage.ts'

/** Fewer than a socket may send in a burst. */
const votesPerSocket = 500

/** How long a vote takes from the action to the other member's document, and to the acknowledgement. */
export const vote: Scenario = {
  name: 'vote',
  about: 'Two members of a busy board with whole documents, {votes} votes one after another, each when the last has arrived',
  settings: { votes: 2_000 },
  quick: { votes: 200 },
  targets: ['paperboard', 'paperboard-memory'],
  needs: 'acknowledgements',
  columns: {
    p50: { title: "in the other's document, p50 ms", better: 'less' },
    p99: { title: 'p99 ms', better: 'less' },
    saved: { title: 'saved, p50 ms', better: 'less' },
    savedLate: { title: 'p99 ms', better: 'less' },
    cpu: { title: 'CPU per vote, µs', better: 'less' },
    disk: { title: 'disk alone, p50 ms' },
    diskLate: { title: 'p99 ms' },
    waited: { title: 'waited for a CPU, %' },
  },
  run: (options, { votes = 0 }) =>
    onStage(new Stage(options), async stage => {
      const disk = syncTimes(options.target.folder === 'disk' ? tmpdir() : '/dev/shm')
      const measured = meter(stage.server.pid)
      const { arrived, saved, cpu } = await cast(stage, votes)
      return {
        p50: percentile(arrived, 0.5),
        p99: percentile(arrived, 0.99),
        saved: percentile(saved, 0.5),
        savedLate: percentile(saved, 0.99),
        cpu: (cpu / votes) * 1e6,
        disk: percentile(disk, 0.5),
        diskLate: percentile(disk, 0.99),
        waited: measured().waited * 100,
      }
    }),
}

async function cast({ server, world }: Stage, votes: number): Promise<{ arrived: number[]; saved: number[]; cpu: number }> {
  const [writer, reader] = world.members
  if (writer === undefined || reader === undefined) throw new Error('Two members are needed')
  const url = `http://127.0.0.1:${server.port}`
  const arrived: number[] = []
  const saved: number[] = []
  let cpu = 0
  while (arrived.length < votes) {
    const a = new Member(url, { cookie: writer.cookie, room: world.busy })
    const b = new Member(url, { cookie: reader.cookie, room: world.busy })
    await Promise.all([a.ready, b.ready])
    const papers = papersOf(a.doc).map(paper => paper.id)
    const before = cpuOf(server.pid)
    for (let n = 0; n < votesPerSocket && arrived.length < votes; n++) {
      const paper = papers[n % papers.length] ?? ''
      const at = Date.now() - votes + arrived.length
      const begun = performance.now()
      castVote(a.doc, { paper, me: writer.id, value: n % 2 === 0 ? 1 : -1, now: at })
      const acknowledged = a.saved().then(() => saved.push(performance.now() - begun))
      await b.until(() => b.doc.getMap<{ at: number }>('votes').get(`${paper}:${writer.id}`)?.at === at)
      arrived.push(performance.now() - begun)
      await acknowledged
    }
    cpu += cpuOf(server.pid) - before
    await Promise.all([a.leave(), b.leave()])
  }
  return { arrived, saved, cpu }
}
