import type { Group } from '@paperboard/shared/api'
import type { Reach, Source } from '@paperboard/shared/sources'
import { useState } from 'react'
import { sentenceOf } from '../api.ts'
import { momentWords } from '../board/dates.ts'
import { count } from '../board/names.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/Dialog.tsx'
import { EditIcon, MoreIcon, TrashIcon } from '../ui/icons.tsx'
import { Menu, type MenuSection } from '../ui/Menu.tsx'
import { toast } from '../ui/toast.ts'
import { changeSource, fetchSource, removeSource } from './queries.ts'
import styles from './SourcesPage.module.css'
import { configWords, isUnderWay, runWords, scheduleWords } from './words.ts'

interface LineProps {
  group: Group
  source: Source
  /** Why this member cannot change sources. */
  denied: string | null
  onEdit: () => void
  onLog: () => void
}

/** One source: what it is, when it is fetched next, how that went last, and what can be done. */
export function SourceLine({ group, source, denied, onEdit, onLog }: LineProps) {
  const [removing, setRemoving] = useState(false)
  const [busy, setBusy] = useState(false)
  const fetching = isUnderWay(source)
  const act = async (work: () => Promise<unknown>, done?: string) => {
    setBusy(true)
    try {
      await work()
      if (done !== undefined) toast(done)
    } catch (error) {
      toast(sentenceOf(error), { tone: 'warn' })
    }
    setBusy(false)
  }
  const fetchBack = (reach: Reach) => void act(() => fetchSource(group.id, source.id, reach))
  const sections = (): MenuSection[] => [
    {
      heading: 'Fetch now',
      items: [
        { label: 'The last week', detail: 'What was missed goes to the boards of its days', denied, onSelect: () => fetchBack('week') },
        { label: 'The last month', denied, onSelect: () => fetchBack('month') },
      ],
    },
    {
      items: [
        { label: 'Edit…', icon: EditIcon, denied, onSelect: onEdit },
        {
          label: source.paused ? 'Go on' : 'Pause',
          denied,
          onSelect: () =>
            void act(
              () => changeSource(group.id, source.id, { paused: !source.paused }),
              source.paused ? `${source.name} goes on` : `${source.name} is paused`,
            ),
        },
        { label: 'Remove…', icon: TrashIcon, danger: true, denied, onSelect: () => setRemoving(true) },
      ],
    },
  ]
  return (
    <li className={styles.source} data-source={source.id} data-paused={source.paused || undefined}>
      <div className={styles.about}>
        <h2 className={styles.name}>{source.name}</h2>
        <p className={styles.what}>
          {configWords(source.config)}
          {source.rules.length > 0 && ` · ${count(source.rules.length, 'rule')}`} · at most {source.most} a day
        </p>
        <p className={styles.when}>
          {scheduleWords(source.schedule)} ·{' '}
          {source.nextAt === null ? <strong className={styles.paused}>paused</strong> : <>next {momentWords(source.nextAt, group.timeZone)}</>}
        </p>
        <LastRun source={source} timeZone={group.timeZone} />
      </div>
      <div className={styles.acts}>
        <Button size="small" variant="quiet" onClick={onLog}>
          Log
        </Button>
        <Button size="small" busy={busy || fetching} denied={denied} onClick={() => fetchBack('day')}>
          Fetch now
        </Button>
        <Menu trigger={<IconButton icon={MoreIcon} size="small" label={`More about ${source.name}`} />} sections={sections} align="end" />
      </div>
      {removing && (
        <ConfirmDialog
          title={`Remove ${source.name}?`}
          confirm={`Remove ${source.name}`}
          busy={busy}
          onConfirm={() => void act(() => removeSource(group.id, source.id), `${source.name} was removed`)}
          onClose={() => setRemoving(false)}
        >
          Nothing more comes from it, and its log goes. The papers it brought stay on their boards.
        </ConfirmDialog>
      )}
    </li>
  )
}

function LastRun({ source, timeZone }: { source: Source; timeZone: string }) {
  const run = source.lastRun
  const said = run === null ? { words: 'Not fetched yet', tone: 'plain' } : runWords(run, timeZone)
  return (
    <p className={styles.last} data-tone={said.tone} aria-live="polite">
      {run !== null && <span className={styles.moment}>{momentWords(run.startedAt, timeZone)}</span>} {said.words}
    </p>
  )
}
