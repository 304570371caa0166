/** Reminders by servers that are processes of their own, killed while a mail is handed over, and several on one database. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Notices } from '@paperboard/shared/api'
import { assignReading } from '@paperboard/shared/group'
import { defaultReminders } from '@paperboard/shared/reminders'
import { groupRoom } from '@paperboard/shared/room'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import { bundled } from '../support/bundled.ts'
import { freePort } from '../support/kept.ts'
import { startMailServer } from '../support/mailServer.ts'
import { engines, placesOn } from '../support/mortal.ts'
import { connect } from '../support/peer.ts'
import { Person, todayAt } from '../support/server.ts'
import { startServerProcess } from '../support/serverProcess.ts'

const file = bundled()

for (const engine of engines)
  describe.skipIf(!engine.here)(engine.title, () => {
    const place = placesOn(engine)

    test('[M27] a server that is killed while it hands a mail over has said nothing twice: the next ones send it once, under its Message-ID', async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'paperboard-mail-'))
      const mail = await startMailServer()
      const where = await place(dataDir)
      const withMail = { ...where.env, SMTP_URL: mail.url, MAIL_FROM: 'board@example.org' }
      // Mails lead back to an address, which must be known beforehand.
      const start = async () => {
        const port = String(await freePort())
        return startServerProcess({ dataDir, file: file(), env: { ...withMail, PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` } })
      }
      onTestFinished(async () => {
        await mail.close()
        rmSync(dataDir, { recursive: true })
      })
      const inDatabase = async <T>(look: (db: Database) => Promise<T>): Promise<T> => {
        const db = await where.open()
        try {
          return await look(db)
        } finally {
          await db.close()
        }
      }

      const first = await startServerProcess({ dataDir, file: file(), env: where.env })
      const alice = await new Person(first, 'Alice').signUp()
      const group = await alice.createGroup()
      const always = { ...defaultReminders, at: '00:00', quiet: null, reading: { way: 'both', days: [0] } }
      expect((await alice.send('PUT', '/api/reminders', always)).status).toBe(200)
      const peer = await connect(first, alice, groupRoom(group))
      const day = todayAt(Date.now())
      assignReading(peer.doc, alice.id, {
        paper: null,
        session: `session00001:${alice.id}`,
        board: day,
        member: alice.id,
        role: 'reader',
        part: '',
        due: day,
        at: Date.now(),
      })
      await peer.saved()
      await first.stop()

      // What is due is found at the start. The mail server has all of the mail, and does not say that it took it.
      mail.mood = 'stalls'
      const second = await start()
      await mail.until(() => mail.stalled === 1)
      await second.kill()
      const mails = () => inDatabase(db => db.sql.select().from(db.t.mails))
      const [waiting, ...others] = await mails()
      expect([waiting?.state, waiting?.attempts, others]).toEqual(['waiting', 1, []])

      // Later: the claim of the dead server and its leases have run out.
      await inDatabase(async db => {
        await db.sql.update(db.t.mails).set({ nextAt: 0 })
        await db.sql.delete(db.t.leases)
      })
      mail.mood = 'takes'
      for (let again = 0; again < 2; again++) {
        const servers = await Promise.all(Array.from({ length: engine.name === 'postgres' ? 2 : 1 }, start))
        await mail.until(() => mail.received.length > 0)
        const [server] = servers
        if (server === undefined) throw new Error('One server')
        alice.server = server
        await expect.poll(async () => (await alice.get<Notices>('/api/notices')).body.notices.length).toBe(1)
        for (const each of servers) await each.stop()
        expect((await mails()).map(({ state }) => state)).toEqual(['sent'])
        await inDatabase(db => db.sql.delete(db.t.leases))
      }
      expect(mail.received).toHaveLength(1)
      expect(mail.received[0]?.headers.get('message-id')).toContain(waiting?.id)
    })
  })
