import type { CorrectPaper, Paper, PaperCorrection } from '@paperboard/shared/api'
import { limits } from '@paperboard/shared/limits'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api, queries, sentenceOf } from '../api.ts'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextArea, TextField } from '../ui/Field.tsx'
import { bySchema, useForm } from '../ui/form.ts'
import { Notice, SkeletonText } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import { useBoard } from './board.ts'
import styles from './CorrectDialog.module.css'
import { ago, useNow } from './dates.ts'
import { listed } from './names.ts'
import { showPapers } from './paperNews.ts'

const names = { title: 'title', authors: 'authors', venue: 'venue', published: 'date', url: 'link', abstract: 'abstract' } as const
type Name = keyof typeof names
const texts = ['title', 'venue', 'published', 'url', 'abstract'] as const
const inOrder: readonly Name[] = ['title', 'authors', 'venue', 'published', 'url', 'abstract']
type Texts = Record<Name, string>

const textsOf = ({ title, authors, venue, published, url, abstract }: Paper): Texts => ({
  title: title ?? '',
  authors: authors.join('\n'),
  venue: venue ?? '',
  published: published ?? '',
  url: url ?? '',
  abstract,
})

/** As it is sent: what was left as it is stays out. */
const changed = (before: Texts, now: Texts): CorrectPaper => ({
  ...Object.fromEntries(texts.flatMap(name => (now[name] === before[name] ? [] : [[name, now[name].trim()]]))),
  ...(now.authors === before.authors ? {} : { authors: now.authors.split('\n').flatMap(name => name.trim() || []) }),
})

/** Corrects what a paper says, for this group, and shows who has done so. */
export default function CorrectDialog({ paper, onClose }: { paper: Paper; onClose: () => void }) {
  const { group } = useBoard()
  const before = textsOf(paper)
  const check = bySchema(schemas => schemas.CorrectPaper)
  const { values, field, busy, failure, form } = useForm<Texts>({
    initial: before,
    check: now => check(changed(before, now)),
    submit: async now => {
      const told = await answer(api.groups[':group'].papers[':paper'].$patch({ param: { group: group.id, paper: paper.id }, json: changed(before, now) }))
      showPapers(group.id, [told])
      void queries.invalidateQueries({ queryKey: ['corrections', group.id, paper.id] })
      toast('Corrected for this group')
      onClose()
    },
  })
  const untouched = Object.keys(changed(before, values)).length === 0
  return (
    <Dialog
      title="Correct this paper"
      lead={<MathText>{titleOf(paper)}</MathText>}
      size="large"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form="correct" busy={busy} denied={untouched ? 'Nothing has been changed yet.' : null}>
            Save
          </Button>
        </>
      }
    >
      <form id="correct" className={styles.form} {...form}>
        {failure !== null && <Notice tone="danger">{failure}</Notice>}
        <TextField label="Title" maxLength={limits.titleLength} {...field('title')} />
        <TextArea label="Authors" hint="One on each line" rows={Math.min(6, before.authors.split('\n').length + 1)} {...field('authors')} />
        <div className={styles.pair}>
          <TextField label="Venue" maxLength={300} {...field('venue')} />
          <TextField label="Date" hint="2026-11-24, 2026-11 or 2026" {...field('published')} />
        </div>
        <TextField label="Link" inputMode="url" maxLength={limits.urlLength} {...field('url')} />
        <TextArea label="Abstract" rows={7} maxLength={limits.abstractLength} {...field('abstract')} />
      </form>
      <History paper={paper} />
    </Dialog>
  )
}

function History({ paper }: { paper: Paper }) {
  const { group } = useBoard()
  const { data, error } = useQuery({
    queryKey: ['corrections', group.id, paper.id],
    queryFn: async () => (await answer(api.groups[':group'].papers[':paper'].corrections.$get({ param: { group: group.id, paper: paper.id } }))).corrections,
    staleTime: 0,
  })
  return (
    <section className={styles.history} aria-label="Corrections so far">
      {error !== null ? (
        <p className={styles.none}>The corrections so far could not be loaded. {sentenceOf(error)}</p>
      ) : data === undefined ? (
        <SkeletonText lines={2} label="Loading the corrections so far" />
      ) : data.length === 0 ? (
        <p className={styles.none}>Nobody in this group has corrected this paper. What you write here is shown to this group alone.</p>
      ) : (
        <ol>
          {data.map(correction => (
            <Correction key={correction.id} paper={paper} correction={correction} />
          ))}
        </ol>
      )}
    </section>
  )
}

const shown = (value: string | readonly string[] | null | undefined): string => (typeof value === 'string' ? value : (value ?? []).join(', '))

function Correction({ paper, correction: { id, member, at, fields, before, undoes, undone } }: { paper: Paper; correction: PaperCorrection }) {
  const { group, nameOf } = useBoard()
  const now = useNow()
  const [busy, setBusy] = useState(false)
  const which = inOrder.filter(name => fields[name] !== undefined)
  const undo = async () => {
    setBusy(true)
    try {
      const told = await answer(
        api.groups[':group'].papers[':paper'].corrections[':correction'].undo.$post({ param: { group: group.id, paper: paper.id, correction: id } }),
      )
      showPapers(group.id, [told])
      await queries.invalidateQueries({ queryKey: ['corrections', group.id, paper.id] })
    } catch (error) {
      toast(sentenceOf(error), { tone: 'warn' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <li className={styles.correction} data-undone={undone || undefined}>
      <p className={styles.who}>
        <strong>{nameOf(member)}</strong> {undoes === null ? 'corrected' : 'took back a correction of'} the {listed(which.map(name => names[name]))},{' '}
        {ago(at, now)}
        {undone && ', taken back since'}
      </p>
      {which.map(name => (
        <p key={name} className={styles.change}>
          {shown(before[name]) !== '' && <del>{shown(before[name])}</del>}{' '}
          <ins>{fields[name] === null ? 'as sources tell' : shown(fields[name]) || 'left empty'}</ins>
        </p>
      ))}
      {undoes === null && !undone && (
        <Button size="small" variant="quiet" busy={busy} onClick={() => void undo()}>
          Undo
        </Button>
      )}
    </li>
  )
}
