import { kindAsked, parseSearch, type SearchKind } from '@paperboard/shared/search'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { useGroupView } from '../board/board.ts'
import { Connection } from '../board/Connection.tsx'
import { GroupFrame } from '../board/GroupFrame.tsx'
import { Presence } from '../board/Presence.tsx'
import { useKeys } from '../ui/keys.ts'
import { Page } from '../ui/Page.tsx'
import { ShellSlot } from '../ui/ShellSlot.tsx'
import { anyPaperQuery, countQuery } from './asking.ts'
import { ExportFound } from './ExportFound.tsx'
import { FoundList } from './FoundList.tsx'
import { type Counts, type Kind, kindNames, kinds, tabId } from './kinds.ts'
import { NoPapers } from './NothingFound.tsx'
import { QueryHelp } from './QueryHelp.tsx'
import { Chips, SearchField } from './SearchField.tsx'
import styles from './SearchPage.module.css'

/** Typing is asked for, and written to the address, when it pauses, ms. */
const pause = 200

/** Everything of the group that has some words: papers, comments, people, notes. */
export default function SearchPage({ group }: { group: string }) {
  return (
    <GroupFrame group={group}>
      <Search />
    </GroupFrame>
  )
}

function Search() {
  const { group, groupRoom } = useGroupView()
  const { text, setText, q, kind: chosen, setKind, askNow } = useAsked()
  const [entering, setEntering] = useState(false)
  const type = (next: string) => {
    setEntering(false)
    setText(next)
  }
  const field = useRef<HTMLInputElement>(null)
  const counts = useCounts(group.id, q)
  const kind = chosen ?? firstFull(counts)
  const { data: anyPaper } = useQuery({ ...anyPaperQuery(group.id), enabled: q === '' })
  // The field listens itself.
  useKeys([{ keys: 'down', does: 'From the field to what was found', under: 'Through what was found' }])
  return (
    <Page
      title="Search"
      {...(q === '' && { lead: `Papers, comments, people and notes of ${group.name}.` })}
      actions={
        q !== '' && (
          <ExportFound key={q} q={q} denied={kind !== 'papers' ? 'Papers alone are exported.' : counts.papers?.total === 0 ? 'Nothing was found.' : null} />
        )
      }
    >
      <ShellSlot slot="presence">
        <Presence />
      </ShellSlot>
      <ShellSlot slot="connection">
        <Connection rooms={[groupRoom]} />
      </ShellSlot>
      <SearchField
        text={text}
        onText={type}
        field={field}
        onEnter={() => {
          askNow()
          setEntering(true)
        }}
      />
      <Chips text={text} asked={q} onText={type} />
      {q === '' ? (
        <>
          {anyPaper === false && <NoPapers />}
          <QueryHelp onTry={type} />
        </>
      ) : (
        <>
          <Tabs kind={kind} counts={counts} onKind={setKind} />
          <FoundList
            key={kind}
            q={q}
            kind={kind}
            counts={counts}
            field={field}
            entering={{ wanted: entering, ready: text.trim() === q, onDone: () => setEntering(false) }}
            onText={type}
            onKind={setKind}
          />
        </>
      )}
    </Page>
  )
}

/** What is typed, and what of it the address holds: it can be linked, and Back brings it back. */
const useAsked = () => {
  const [params] = useSearchParams()
  const [, navigate] = useLocation()
  const q = params.get('q')?.trim() ?? ''
  const [text, setText] = useState(q)
  const told = useRef(q)
  const chosen = kinds.find(known => known === params.get('kind')) ?? null
  const address = (q: string, kind: Kind | null) => {
    const next = new URLSearchParams({ ...(q !== '' && { q }), ...(kind !== null && { kind }) })
    return `${location.pathname}${next.size === 0 ? '' : `?${next}`}`
  }
  useEffect(() => {
    if (q === told.current) return
    told.current = q
    setText(q)
  }, [q])
  const tell = () => {
    const next = text.trim()
    if (next === told.current) return
    told.current = next
    navigate(address(next, null), { replace: true })
  }
  useEffect(() => {
    if (text.trim() === told.current) return
    const timer = setTimeout(tell, pause)
    return () => clearTimeout(timer)
  })
  return {
    text,
    setText,
    /** Without waiting for a pause. */
    askNow: tell,
    q,
    kind: chosen ?? asKind(kindAsked(parseSearch(q))),
    setKind: (kind: Kind) => navigate(address(q, kind), { replace: true }),
  }
}
const asKind = (kind: SearchKind | null): Kind | null => (kind === 'all' ? null : kind)

/** Those of the last question stay until the next ones are there, or it is known that there are none. */
const useCounts = (group: string, q: string): Counts => {
  const answers = useQueries({ queries: kinds.map(kind => ({ ...countQuery(group, q, kind), enabled: q !== '' })) })
  const last = useRef<Counts>({})
  const known = answers.some(({ isError }) => isError) ? {} : { ...last.current }
  for (const [n, kind] of kinds.entries()) if (answers[n]?.data !== undefined) known[kind] = answers[n].data
  useEffect(() => {
    last.current = known
  })
  return known
}
/** Where nothing is chosen, papers; or the first kind that has something once it is known that no paper has. */
const firstFull = (counts: Counts): Kind => (counts.papers?.total === 0 ? (kinds.find(kind => (counts[kind]?.total ?? 0) > 0) ?? 'papers') : 'papers')

function Tabs({ kind, counts, onKind }: { kind: Kind; counts: Counts; onKind: (kind: Kind) => void }) {
  const list = useRef<HTMLDivElement>(null)
  const step = (by: number) => {
    const next = kinds[(kinds.indexOf(kind) + by + kinds.length) % kinds.length]
    if (next === undefined) return
    onKind(next)
    document.getElementById(tabId(next))?.focus()
  }
  return (
    <div
      ref={list}
      role="tablist"
      aria-label="Kinds"
      className={styles.tabs}
      onKeyDown={event => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        if (by === undefined) return
        event.preventDefault()
        step(by)
      }}
    >
      {kinds.map(each => (
        <button
          key={each}
          id={tabId(each)}
          type="button"
          role="tab"
          className={styles.tab}
          aria-selected={each === kind}
          aria-controls="found"
          tabIndex={each === kind ? 0 : -1}
          onClick={() => onKind(each)}
        >
          {kindNames[each]}{' '}
          <span className={styles.count}>{counts[each] === undefined ? '' : `${counts[each].total.toLocaleString('en')}${counts[each].more ? '+' : ''}`}</span>
        </button>
      ))}
    </div>
  )
}
