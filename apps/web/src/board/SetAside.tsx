import { Reading } from '@paperboard/shared/group'
import { meetingNote, notesRoot } from '@paperboard/shared/notes'
import { refusals } from '@paperboard/shared/refusals'
import { parseRoomName } from '@paperboard/shared/room'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api, boardPapersQuery } from '../api.ts'
import type { CloseReason } from '../live/closing.ts'
import { useAside, useView } from '../live/hooks.ts'
import { retryAside } from '../live/rooms.ts'
import { type Aside, asideText, dismissAside } from '../live/setAside.ts'
import * as views from '../live/views.ts'
import { Button } from '../ui/Button.tsx'
import { copyText } from '../ui/copy.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import { useGroupView } from './board.ts'
import { ago, dayNear, dayShort, timeLong, useNow } from './dates.ts'
import { count } from './names.ts'
import styles from './SetAside.module.css'

/** Says that changes were refused, and keeps the way to what they held. Nothing while there are none. */
export function SetAside() {
  const { me } = useGroupView()
  const entries = useAside(me.id)
  const open = entries.filter(({ settled }) => !settled)
  return (
    <>
      {entries.map(entry => entry.settled && <Settled key={entry.id} entry={entry} />)}
      {open.length > 0 && <Banner entries={open} member={me.id} />}
    </>
  )
}

/** Says what somebody else did at the same time, so that one's own step was not needed. */
function Settled({ entry }: { entry: Aside }) {
  const { me, group, groupRoom, nameOf } = useGroupView()
  const presenters = useView(groupRoom, views.presenters)
  const sessions = useView(groupRoom, views.sessions)
  const said = entry.records.flatMap(({ key }) => {
    const there = entry.room === groupRoom.name ? presenters.find(({ session, member }) => `${session}:${member}` === key) : undefined
    if (there === undefined) return []
    const day = sessions.find(session => session.key === there.session)?.day
    const who = there.member === me.id ? 'You present' : `${nameOf(there.member)} presents`
    return `${who}${day === undefined ? '' : ` on ${dayNear(day, group.today)}`} already: ${there.by === me.id ? 'you' : nameOf(there.by)} put that down at the same time as you.`
  })
  return (
    <div className={styles.banner} role="status">
      <Notice
        action={
          <Button size="small" onClick={() => dismissAside(me.id, entry.id)}>
            All right
          </Button>
        }
      >
        {said.length === 0 ? 'Somebody else did the same at the same time as you.' : said.join(' ')} What else you did then is saved.
      </Notice>
    </div>
  )
}

/** Mounted while there are entries: once the last is gone, the next one does not open the dialog by itself. */
function Banner({ entries, member }: { entries: readonly Aside[]; member: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <div className={styles.banner} role="status">
        <Notice
          tone="warn"
          action={
            <Button size="small" onClick={() => setOpen(true)}>
              Look at {entries.length === 1 ? 'it' : 'them'}
            </Button>
          }
        >
          {count(entries.length, 'change')} of yours could not be saved. What you wrote is kept on this device.
        </Notice>
      </div>
      {open && (
        <Dialog title="Changes that could not be saved" lead="They are kept on this device until you discard them." onClose={() => setOpen(false)}>
          <ul className={styles.entries}>
            {entries.map(entry => (
              <Entry key={entry.id} entry={entry} member={member} />
            ))}
          </ul>
        </Dialog>
      )}
    </>
  )
}

/** One refused change: where and when, why, what it held, and what can be done with it. */
function Entry({ entry, member }: { entry: Aside; member: string }) {
  const [busy, setBusy] = useState(false)
  const now = useNow()
  const { nameOf } = useGroupView()
  const { where, titleOf } = useWhere(entry)
  const text = asideText(entry, { titleOf, nameOf })

  const retry = async () => {
    setBusy(true)
    const done = await retryAside(member, entry.id).catch(() => false)
    setBusy(false)
    toast(done ? 'Trying again. If it is refused once more, it comes back here.' : 'This cannot be tried now: its page could not be loaded.', {
      tone: done ? 'plain' : 'warn',
    })
  }
  return (
    <li className={styles.entry}>
      <p className={styles.where}>
        {where} · <time title={timeLong(entry.at)}>{ago(entry.at, now)}</time>
      </p>
      <p className={styles.why}>{reasonOf(entry)}</p>
      <pre className={styles.text}>{text}</pre>
      <div className={styles.actions}>
        <Button size="small" onClick={() => void copy(text)}>
          Copy
        </Button>
        <Button size="small" busy={busy} onClick={() => void retry()}>
          Try again
        </Button>
        <Button size="small" variant="quiet" onClick={() => dismissAside(member, entry.id)}>
          Discard
        </Button>
      </div>
    </li>
  )
}

/** The place a change was made in, and the titles of the papers there. */
const useWhere = ({ room, records }: Aside) => {
  const name = parseRoomName(room)
  const group = name?.group ?? ''
  const day = name?.kind === 'board' ? name.day : null
  const { data } = useQuery({ ...boardPapersQuery(group, day ?? ''), enabled: day !== null })
  // Of a meeting, those that its notes are about; of a plan, those that are read or stand in a session.
  const noted = records.flatMap(({ root, key, value }) => {
    if (name?.kind === 'meeting') return root === notesRoot && key !== meetingNote ? key : []
    if (root === 'sessionPapers') return key.slice(key.lastIndexOf(':') + 1)
    return (root === 'readings' ? Reading.safeParse(value).data?.paper : null) ?? []
  })
  const papers = useQueries({
    queries: noted.map(paper => ({
      queryKey: ['papers', group, 'alone', paper],
      queryFn: () => answer(api.groups[':group'].papers[':paper'].$get({ param: { group, paper } })),
    })),
  }).flatMap(({ data }) => data ?? [])
  return {
    where: day !== null ? `Board of ${dayShort(day)}` : name?.kind === 'meeting' ? 'A meeting' : 'Readings',
    titleOf: (paper: string) => [...(data ?? []), ...papers].find(({ id }) => id === paper)?.title ?? undefined,
  }
}

/** Reasons other than a broken rule; the rest are told in one sentence. */
const reasons: Partial<Record<CloseReason, string>> = {
  tooBig: 'It is longer than the server takes at once.',
  notMember: 'You were no longer a member of the group when it arrived.',
  noRoom: 'There is no such board any more.',
  signedOut: 'You were signed out before it arrived.',
}
const reasonOf = ({ refusal, why }: Aside) => (refusal === null ? (reasons[why] ?? 'The server did not take it.') : refusals[refusal])

const copy = async (text: string) => {
  if (await copyText(text)) toast('Copied')
  else toast('The browser did not allow copying. Select the text and copy it by hand.', { tone: 'warn' })
}
