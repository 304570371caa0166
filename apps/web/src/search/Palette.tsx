import { type KeyboardEvent, type ReactNode, type RefObject, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { isCode, sentenceOf, useGroup, useMe, usePerson } from '../api.ts'
import { count } from '../board/names.ts'
import { paths } from '../routes.ts'
import { IconButton } from '../ui/Button.tsx'
import { CloseIcon, SearchIcon } from '../ui/icons.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { searchKnown } from './asking.ts'
import { groupJumps, jumpsOf } from './jumps.ts'
import { MarkedText } from './MarkedText.tsx'
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
  onClose: () => void
}

/**
 * Finds and goes to anything of the group, by keyboard alone: a text field that names one option of a list as the chosen
 * one (the combobox pattern of ARIA). The focus stays in the field.
 */
export default function Palette({ group, typed, onClose }: PaletteProps) {
  const [text, setText] = useState(() => typed.current)
  const q = text.trim()
  const found = useAsYouType(group, q)
  const sections = useSections(group, q, found)
  const options = sections.flatMap(section => section.options)
  const [moved, setMoved] = useState<string | null>(null)
  const chosen = options.find(({ key }) => key === moved) ?? options[0]
  const [, navigate] = useLocation()
  const [entered, setEntered] = useState(false)
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
    if (!entered || !settled) return
    setEntered(false)
    go(chosen?.href ?? paths.search(group, q))
  })
  const type = (next: string) => {
    setText(next)
    setMoved(null)
    setEntered(false)
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
    const acts: Record<string, () => void> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => {
        if (event.ctrlKey || event.metaKey) go(paths.search(group, q))
        else if (moved !== null && chosen !== undefined) go(chosen.href)
        else setEntered(true)
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
          onChange={event => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
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
                onOpen={onClose}
              />
            ))}
          </OptionGroup>
        ))}
      </div>
      <Foot />
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
  // A layout effect, so that close() gives the focus back before the element is gone.
  useLayoutEffect(() => {
    const dialog = element.current
    if (dialog === null) return
    if (!dialog.open) dialog.showModal()
    return () => dialog.close()
  }, [])
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

function OptionGroup({ heading, children }: { heading: string; children: ReactNode }) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: groups of options are no fieldsets
    <div role="group" aria-labelledby={id} className={styles.section}>
      <div id={id} role="presentation" className={styles.heading}>
        {heading}
      </div>
      {children}
    </div>
  )
}

interface OptionLineProps {
  id: string
  option: Option
  chosen: boolean
  onPoint: () => void
  onOpen: () => void
}

/** A link, so that it opens in a new tab as links do; the keyboard stays in the field. */
function OptionLine({ id, option: { icon: Icon, title, detail, side, keys, href }, chosen, onPoint, onOpen }: OptionLineProps) {
  return (
    <Link
      id={id}
      role="option"
      aria-selected={chosen}
      tabIndex={-1}
      href={href}
      className={styles.option}
      onPointerMove={onPoint}
      onClick={event => {
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) onOpen()
      }}
    >
      <Icon size={18} />
      <span className={styles.words}>
        <span className={styles.title}>
          <MarkedText marked={title} />
        </span>
        {detail !== undefined && detail.text !== '' && (
          <span className={styles.detail}>
            <MarkedText marked={detail} />
          </span>
        )}
      </span>
      {side !== undefined && <span className={styles.side}>{side}</span>}
      {keys !== undefined && <Kbd keys={keys} />}
    </Link>
  )
}

const Foot = () => (
  <div className={styles.foot} aria-hidden="true">
    <span>
      <Kbd keys="up down" /> choose
    </span>
    <span>
      <Kbd keys="enter" /> open
    </span>
    <span>
      <Kbd keys="mod+enter" /> all results
    </span>
    <span className={styles.fields}>author: title: tag: from: voted:me on:2026-11</span>
  </div>
)
