/** SQLite on a disk that is full, or may only be read: a small file system of the test's own, which only root may make. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addComment } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { limits } from '@paperboard/shared/limits'
import { boardRoom } from '@paperboard/shared/room'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect, Peer } from '../support/peer.ts'
import { Person } from '../support/server.ts'
import { startServerProcess } from '../support/serverProcess.ts'

const mount = (folder: string, options: string) => execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' })
const unmount = (folder: string) => execFileSync('umount', [folder], { stdio: 'ignore' })

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-mount-'))
  try {
    mount(folder, 'size=64k')
    unmount(folder)
    return true
  } catch {
    return false
  } finally {
    rmdirSync(folder)
  }
}

const isAllowed = canMount()
const disk = (options: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-disk-'))
  mount(folder, options)
  onTestFinished(() => {
    unmount(folder)
    rmdirSync(folder)
  })
  return folder
}

describe.skipIf(!isAllowed)(isAllowed ? 'On a disk' : 'On a disk (skipped: only root may mount one, and not in every container)', () => {
  test('[O17] that is full, nothing is acknowledged that is not stored, everybody is told to come back, /readyz and the log say why; with room again it goes on by itself', async () => {
    const dataDir = disk('size=6m')
    const server = await startServerProcess({ dataDir })
    onTestFinished(server.kill)
    const alice = await new Person(server, 'Alice').signUp()
    const group = await alice.createGroup()
    const { today } = (await alice.get<{ today: string }>(`/api/groups/${group}`)).body
    expect((await alice.post(`/api/groups/${group}/boards/${today}/papers`, { source: { from: 'sample' } })).status).toBe(200)
    const room = boardRoom(group, today)
    const writer = await connect(server, alice, room)
    const reader = await connect(server, alice, room)
    const paper = [...writer.doc.getMap('papers').keys()][0] ?? ''
    const filler = join(dataDir, 'filler')
    // All but some hundred kilobytes, which the log of the database takes.
    const { bavail, bsize } = statfsSync(dataDir)
    writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - 200_000)))
    let now = Date.now() - 60_000
    while (writer.closed === null) {
      addComment(writer.doc, { paper, me: alice.id, text: 'x'.repeat(limits.commentLength), now: now++ })
      await writer.until(() => writer.closed !== null || writer.sent - writer.acknowledged < 4)
    }
    expect(writer.closed.code).toBe(closeCodes.unavailable)
    expect(writer.acknowledged).toBeLessThan(writer.sent)
    await reader.until(() => reader.closed !== null)
    const readyz = async () => (await fetch(`${server.url}/readyz`)).text()
    await expect.poll(readyz).toBe('not ready: the database cannot be written\n')
    expect(server.output.join('')).toContain('updates could not be stored')
    // Who comes back meanwhile with unsaved work is not told that it is saved.
    const early = new Peer(server, { cookie: alice.cookie, room, doc: writer.doc })
    await early.whenClosed()
    expect([early.closed?.code, early.acknowledged]).toEqual([closeCodes.unavailable, 0])
    rmSync(filler)
    await expect.poll(readyz).toBe('ready\n')
    const back = await connect(server, alice, room, writer.doc)
    const fresh = await connect(server, alice, room)
    expect(fresh.doc.getMap('comments').size).toBe(back.doc.getMap('comments').size)
    expect((await server.stop()).code).toBe(0)
  }, 120_000)

  test('[O18] that may only be read, a server says so and does not start', async () => {
    const dataDir = disk('size=1m,ro')
    await expect(startServerProcess({ dataDir })).rejects.toThrow(/The data directory \S+ cannot be locked: .*It has to be on a local disk and writable/)
  })
})
