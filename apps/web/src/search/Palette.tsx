import { limits } from '@paperboard/shared/limits'
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { isCode, sentenceOf, useGroup, useMe, usePerson } from '../api.ts'
import { count } from '../board/names.ts'
import type { PaperDialog } from '../lists/PaperDialogs.tsx'
import { paths } from '../routes.ts'
import { IconButton } from '../ui/Button.tsx'
import { CloseIcon, SearchIcon } from '../ui/icons.tsx'
import { useModal } from '../ui/modals.ts'
import { searchKnown } from './asking.ts'
import { groupJumps, jumpsOf } from './jumps.ts'
import { type AskedPaper, Foot, OptionGroup, OptionLine, paperAct } from './OptionLine.tsx'
import styles from './Palette.module.css'
import { type Option, ofPaper, type Section, sectionsBefore, sectionsFor } from './paletteOptions.ts'
import { useRecentPapers } from './recent.ts'
import { type Found, useAsYouType } from './useAsYouType.ts'

/** Papers found without a connection. */
const mostKnown = 8

interface PaletteProps {
  group: string
  /** What was typed before it was there. */
  typed: RefObject<string>
  /** Closes it, and opens a dialog about a paper. */
  onAsk: (asked: AskedPaper) => void
  onClose: () => void
}

/**
 * Finds and goes to anything of the group, by keyboard alone: a text field that names one option of a list as the chosen
 * one (the combobox pattern of ARIA). The focus stays in the field.
 */
export default function Palette({ group, typed, onAsk, onClose }: PaletteProps) {
  const [text, setText] = useState(() => typed.current)
  const q = text.trim()
  const found = useAsYouType(group, q)
  const sections = useSections(group, q, found)
  const options = sections.flatMap(section => section.options)
  const [moved, setMoved] = useState<string | null>(null)
  const chosen = options.find(({ key }) => key === moved) ?? options[0]
  const [, navigate] = useLocation()
  // What is done once what is found is what was typed for.
  const [meant, setMeant] = useState<'open' | PaperDialog | null>(null)
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  // React may hold back what it has rendered: what was typed since is taken over too, and typing goes on behind it.
  useLayoutEffect(() => {
    setText(typed.current)
    field.current?.focus()
    field.current?.setSelectionRange(typed.current.length, typed.current.length)
  }, [typed])
  // An answer that is still to come may bring a better first one.
  const settled = q === '' || found.of === q

  const go = (href: string) => {
    onClose()
    navigate(href)
  }
  // Who types and presses Enter at once means the first of what is found, not of what was found before.
  useLayoutEffect(() => {
    if (meant === null || !settled) return
    setMeant(null)
    if (meant === 'open') go(chosen?.href ?? paths.search(group, q))
    else if (chosen?.paper !== undefined) onAsk({ dialog: meant, paper: chosen.paper })
  })
  const type = (next: string) => {
    setText(next)
    setMoved(null)
    setMeant(null)
  }
  const step = (by: number) => {
    if (options.length === 0) return
    const at = chosen === undefined ? -1 : options.indexOf(chosen)
    const next = options[(at + by + options.length) % options.length]
    setMoved(next?.key ?? null)
    document.getElementById(optionId(id, next))?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const asks = paperAct(event)
    if (asks !== undefined) {
      event.preventDefault()
      setMeant(asks.dialog)
      return
    }
    const acts: Record<string, () => void> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => {
        if (event.ctrlKey || event.metaKey) go(paths.search(group, q))
        else if (moved !== null && chosen !== undefined) go(chosen.href)
        else setMeant('open')
      },
    }
    const act = acts[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  return (
    <PaletteDialog onClose={onClose}>
      <div className={styles.field}>
        <SearchIcon size={20} />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Search papers, comments, people and notes"
          aria-expanded={options.length > 0}
          aria-controls={`${id}-options`}
          aria-autocomplete="list"
          aria-activedescendant={chosen === undefined ? undefined : optionId(id, chosen)}
          placeholder="Search papers, comments, people, pages"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="go"
          value={text}
          maxLength={limits.searchLength}
          onChange={event => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {!settled && <span className={styles.waiting}>Searching…</span>}
        <IconButton icon={CloseIcon} label="Close" kbd="esc" size="small" onClick={onClose} />
      </div>
      <Remarks q={q} found={found} />
      <div id={`${id}-options`} className={styles.options} {...(options.length > 0 && { role: 'listbox', 'aria-label': 'Found' })}>
        {sections.map(({ heading, options }) => (
          <OptionGroup key={heading} heading={heading}>
            {options.map(option => (
              <OptionLine
                key={option.key}
                id={optionId(id, option)}
                option={option}
                chosen={option === chosen}
                onPoint={() => option !== chosen && setMoved(option.key)}
                onAsk={onAsk}
                onOpen={onClose}
              />
            ))}
          </OptionGroup>
        ))}
      </div>
      <Foot paper={chosen?.paper !== undefined} />
      <p className="visually-hidden" role="status">
        {settled && q !== '' && found.answer !== null && `${count(found.answer.total, 'result')}`}
      </p>
    </PaletteDialog>
  )
}

const optionId = (id: string, option: Option | undefined) => `${id}-${option?.key.replaceAll(/\W+/g, '-') ?? 'none'}`

const useSections = (group: string, q: string, { answer, error }: Found): Section[] => {
  const { id } = usePerson()
  const today = useGroup(group).data?.today ?? ''
  const recent = useRecentPapers(group, id)
  const groups = useMe().data?.groups
  const jumps = useMemo(() => (today === '' ? [] : [...jumpsOf(group, today), ...groupJumps(groups ?? [], group)]), [group, today, groups])
  if (q === '') return sectionsBefore(group, recent, jumps)
  const sections = sectionsFor({ group, today, text: q, jumps, hits: answer?.hits ?? [], total: answer?.total ?? 0 })
  if (error === null) return sections
  const known = { heading: 'Kept in this browser', options: searchKnown(group, q, mostKnown).map(paper => ofPaper(group, paper)) }
  return [...sections.filter(({ heading }) => heading === 'Go to'), known].filter(({ options }) => options.length > 0)
}

function PaletteDialog({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const element = useRef<HTMLDialogElement>(null)
  const pressedOutside = useRef(false)
  useModal(element)
  return (
    <dialog
      ref={element}
      className={styles.palette}
      aria-label="Search"
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={event => {
        pressedOutside.current = event.target === event.currentTarget
      }}
      onPointerUp={event => {
        if (pressedOutside.current && event.target === event.currentTarget) onClose()
      }}
    >
      <div className={styles.panel}>{children}</div>
    </dialog>
  )
}

/** What one should know of the answer: what was looked for instead, what was not understood, that there is nothing. */
function Remarks({ q, found: { of, answer, error } }: { q: string; found: Found }) {
  const remarks: ReactNode[] = []
  if (error !== null && of === q)
    remarks.push(isCode(error, 'offline') ? `${sentenceOf(error)} Pages, and papers that were shown here before, are found.` : sentenceOf(error))
  else if (answer !== null && of === q) {
    for (const { word, taken } of answer.asked.instead ?? []) if (taken.length > 0) remarks.push(`Nothing has “${word}”: looked for ${taken.join(', ')}.`)
    for (const { text, reason } of answer.asked.problems) remarks.push(`${text}: ${reason}`)
    if (answer.total === 0 && q !== '') remarks.push('Nothing of this group has these words. Fewer, or the beginning of one, find more.')
  }
  if (remarks.length === 0) return null
  return (
    <div className={styles.remarks} role="status">
      {remarks.map(remark => (
        <p key={String(remark)}>{remark}</p>
      ))}
    </div>
  )
}
