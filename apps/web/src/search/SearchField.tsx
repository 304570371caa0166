import { limits } from '@paperboard/shared/limits'
import { parseSearch } from '@paperboard/shared/search'
import { type RefObject, useEffect, useRef } from 'react'
import { IconButton } from '../ui/Button.tsx'
import { CloseIcon, SearchIcon } from '../ui/icons.tsx'
import { chipsOf } from './query.ts'
import styles from './SearchPage.module.css'

interface SearchFieldProps {
  text: string
  onText: (text: string) => void
  /** Goes on from the field to what is found. */
  onEnter: () => void
  field: RefObject<HTMLInputElement | null>
}

/** Where one types what is looked for. */
export function SearchField({ text, onText, onEnter, field }: SearchFieldProps) {
  // Who comes without a question comes to ask one; who comes with one, to read.
  const atFirst = useRef(text === '')
  useEffect(() => {
    if (atFirst.current) field.current?.focus()
  }, [field])
  return (
    <search className={styles.field}>
      <SearchIcon size={20} />
      <input
        ref={field}
        type="search"
        aria-label="Search this group"
        placeholder="Words, “a phrase”, author:, tag:, from:, voted:me, on:2026-11"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="search"
        value={text}
        onChange={event => onText(event.target.value)}
        maxLength={limits.searchLength}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return
          const acts: Record<string, () => void> = {
            Enter: onEnter,
            ArrowDown: onEnter,
            Escape: () => {
              if (text === '') event.currentTarget.blur()
              onText('')
            },
          }
          const act = acts[event.key]
          if (act === undefined) return
          event.preventDefault()
          act()
        }}
      />
      {text !== '' && (
        <IconButton
          icon={CloseIcon}
          size="small"
          iconSize={16}
          label="Clear the search"
          onClick={() => {
            onText('')
            field.current?.focus()
          }}
        />
      )}
    </search>
  )
}

/** How the query was understood, part by part; what is wrong with it once one pauses: half of a date is no mistake. */
export function Chips({ text, asked, onText }: { text: string; asked: string; onText: (text: string) => void }) {
  const chips = chipsOf(text)
  const { problems } = parseSearch(asked)
  if (chips.length === 0 && problems.length === 0) return null
  return (
    <div className={styles.understood}>
      {chips.length > 0 && (
        <ul className={styles.chips} aria-label="What is asked for">
          {chips.map(({ key, words, rest }) => (
            <li key={key}>
              <button type="button" className={styles.chip} aria-label={`${words}: take it away`} onClick={() => onText(rest)}>
                <span>{words}</span>
                <CloseIcon size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {problems.map(({ text: typed, reason }) => (
        <p key={typed} className={styles.problem}>
          <b>{typed}</b> {reason}
        </p>
      ))}
    </div>
  )
}
