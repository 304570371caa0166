import type { Group } from '@paperboard/shared/api'
import { limits } from '@paperboard/shared/limits'
import { defaultSchedule, type NewSource, type Source, type SourceConfig, type SourcePreview } from '@paperboard/shared/sources'
import { useState } from 'react'
import { RequestError, sentenceOf } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Select, TextField } from '../ui/Field.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { toast } from '../ui/toast.ts'
import { PreviewList } from './PreviewList.tsx'
import { previewOf, saveSource } from './queries.ts'
import { RulesEditor, typedRule } from './RulesEditor.tsx'
import styles from './SourceDialog.module.css'
import { dayInitials, nameFor } from './words.ts'

/** What is typed, before it is a source. */
interface Typed {
  kind: SourceConfig['kind']
  categories: string
  crossLists: boolean
  url: string
  name: string
  most: string
  times: string
}

const typedOf = (source: Source | null): Typed => {
  const config = source?.config ?? { kind: 'daily-papers' }
  return {
    kind: config.kind,
    categories: config.kind === 'arxiv' ? config.categories.join(', ') : '',
    crossLists: config.kind === 'arxiv' && config.crossLists,
    url: config.kind === 'feed' ? config.url : '',
    name: source?.name ?? '',
    most: String(source?.most ?? limits.sourcePapersUnasked),
    times: (source?.schedule ?? defaultSchedule).times.join(', '),
  }
}

const wordsIn = (text: string) => text.split(/[\s,;+]+/).filter(word => word !== '')

const configOf = ({ kind, categories, crossLists, url }: Typed): SourceConfig =>
  kind === 'daily-papers' ? { kind } : kind === 'arxiv' ? { kind, categories: wordsIn(categories), crossLists } : { kind, url: url.trim() }

const kinds = [
  { value: 'daily-papers', label: 'Daily Papers' },
  { value: 'arxiv', label: 'arXiv' },
  { value: 'feed', label: 'Feed' },
] as const

/** Adds a source, or changes one: what, when, by which rules, with what would come. */
export default function SourceDialog({ group, source, onClose }: { group: Group; source: Source | null; onClose: () => void }) {
  const [typed, setTyped] = useState(() => typedOf(source))
  const [days, setDays] = useState<readonly number[]>(source?.schedule.days ?? defaultSchedule.days)
  const [board, setBoard] = useState<NewSource['board']>(source?.board ?? 'item')
  const [rules, setRules] = useState(() => (source?.rules ?? []).map(typedRule))
  const [preview, setPreview] = useState<SourcePreview | null>(null)
  const [busy, setBusy] = useState<'preview' | 'save' | null>(null)
  const [failure, setFailure] = useState<{ message: string; fields: Readonly<Record<string, string>> } | null>(null)
  const type = (change: Partial<Typed>) => {
    setTyped({ ...typed, ...change })
    setFailure(null)
    if (Object.keys(change).some(key => key !== 'name' && key !== 'most' && key !== 'times')) setPreview(null)
  }
  const during = async (what: 'preview' | 'save', work: () => Promise<void>) => {
    setBusy(what)
    setFailure(null)
    await work().catch(error => setFailure({ message: sentenceOf(error), fields: error instanceof RequestError ? error.fields : {} }))
    setBusy(null)
  }
  const look = () => during('preview', async () => setPreview(await previewOf(group.id, configOf(typed), board)))
  const save = () =>
    during('save', async () => {
      const config = configOf(typed)
      const saved = await saveSource(group.id, source?.id ?? null, {
        name: typed.name.trim() || nameFor(config),
        config,
        rules: written,
        schedule: { days: [...days].sort((a, b) => a - b), times: wordsIn(typed.times) },
        most: Number(typed.most),
        board,
      })
      toast(source === null ? `${saved.name} was added` : 'Saved')
      onClose()
    })
  // A rule without words is none yet.
  const written = rules.map(({ rule }) => rule).filter(({ phrases }) => phrases.length > 0)
  const wrong = (start: string) => Object.entries(failure?.fields ?? {}).find(([field]) => field.startsWith(start))?.[1]
  const elsewhere =
    failure !== null && !['config', 'name', 'most', 'schedule'].some(start => wrong(start) !== undefined) ? (wrong('rules') ?? failure.message) : null
  return (
    <Dialog
      title={source === null ? 'Add a source' : `Edit ${source.name}`}
      size="large"
      dismissable={false}
      onClose={onClose}
      footer={
        <>
          {elsewhere !== null && (
            <p role="alert" className={styles.failure}>
              {elsewhere}
            </p>
          )}
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" busy={busy === 'save'} onClick={() => void save()}>
            {source === null ? 'Add the source' : 'Save'}
          </Button>
        </>
      }
    >
      <div className={styles.parts}>
        <Segmented label="Kind of source" options={kinds} value={typed.kind} onChange={kind => type({ kind })} />
        <What typed={typed} type={type} wrong={wrong('config')} />
        <div className={styles.pair}>
          <TextField
            label="Name"
            value={typed.name}
            placeholder={nameFor(configOf(typed))}
            error={wrong('name')}
            maxLength={limits.nameLength}
            onChange={event => type({ name: event.target.value })}
          />
          <TextField
            label="At most, a day"
            inputMode="numeric"
            value={typed.most}
            error={wrong('most')}
            hint="Highlighted ones first, then the best liked"
            onChange={event => type({ most: event.target.value })}
          />
        </div>
        <fieldset className={styles.days}>
          <legend>Fetched on</legend>
          {dayInitials.map((name, day) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={days.includes(day)}
                onChange={event => setDays(event.target.checked ? [...days, day] : days.filter(other => other !== day))}
              />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
        <div className={styles.pair}>
          <TextField
            label="At"
            value={typed.times}
            error={wrong('schedule')}
            hint={`By the clock of ${group.timeZone.replaceAll('_', ' ')}; several times with commas`}
            onChange={event => type({ times: event.target.value })}
          />
          <Select label="Which board" value={board} onChange={event => setBoard(event.target.value === 'run' ? 'run' : 'item')}>
            <option value="item">Of the day that the source names</option>
            <option value="run">Of the day it is fetched</option>
          </Select>
        </div>
        <RulesEditor rules={rules} onChange={setRules} />
        <section className={styles.preview} aria-label="Preview">
          <div className={styles.previewHead}>
            <h3>What would come</h3>
            <Button size="small" busy={busy === 'preview'} onClick={() => void look()}>
              {preview === null ? 'Have a look' : 'Look again'}
            </Button>
          </div>
          {preview !== null && <PreviewList preview={preview} rules={written} most={Number(typed.most) || limits.sourcePapersUnasked} />}
        </section>
      </div>
    </Dialog>
  )
}

function What({ typed, type, wrong }: { typed: Typed; type: (change: Partial<Typed>) => void; wrong: string | undefined }) {
  if (typed.kind === 'daily-papers')
    return <p className={styles.note}>What Hugging Face’s readers put forward on each weekday, on the board of that day. There is none at weekends.</p>
  if (typed.kind === 'feed')
    return (
      <TextField
        label="Address of the feed"
        inputMode="url"
        placeholder="https://"
        value={typed.url}
        error={wrong}
        hint="RSS or Atom"
        maxLength={limits.urlLength}
        onChange={event => type({ url: event.target.value })}
      />
    )
  return (
    <div className={styles.arxiv}>
      <TextField
        label="Categories"
        value={typed.categories}
        placeholder="cs.CL, stat.ML"
        error={wrong}
        spellCheck={false}
        onChange={event => type({ categories: event.target.value })}
      />
      <label className={styles.check}>
        <input type="checkbox" checked={typed.crossLists} onChange={event => type({ crossLists: event.target.checked })} />
        <span>Papers of other categories that are cross-listed there, too</span>
      </label>
    </div>
  )
}
