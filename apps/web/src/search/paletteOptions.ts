/** What the palette offers: places, papers, and what was found, in sections. */
import { type Day, monthOf } from '@paperboard/shared/days'
import type { Marked, SearchHit } from '@paperboard/shared/search'
import type { ComponentType } from 'react'
import { dateAt, dayLong, dayNear, monthName } from '../board/dates.ts'
import { commentHref } from '../board/nav.ts'
import { titleOf } from '../paper/links.ts'
import { paths } from '../routes.ts'
import { CalendarIcon, CommentIcon, EditIcon, type IconProps, PageIcon, PersonIcon, SearchIcon } from '../ui/icons.tsx'
import type { KnownPaper } from './asking.ts'
import { dayTyped, type Jump, jumpsTo, monthTyped } from './jumps.ts'
import { noteHref, noteWords } from './noteWords.ts'
import { fromPerson } from './query.ts'

export interface Option {
  key: string
  icon: ComponentType<IconProps>
  title: Marked
  /** A second line. */
  detail?: Marked
  /** At the right: a day. */
  side?: string
  keys?: string
  href: string
  /** The paper that it leads to: it can be handed out from here. */
  paper?: PaperNamed
}
/** A paper, and what it is called by. */
export type PaperNamed = Pick<KnownPaper, 'id' | 'title' | 'arxivId' | 'doi' | 'url'>
export interface Section {
  heading: string
  options: Option[]
}

const plain = (text: string): Marked => ({ text, hits: [] })

/** Options of each section: all of them are in sight at once. */
const most = { jumps: 3, paper: 6, comment: 3, person: 3, note: 3 }

const ofJump = ({ label, href, icon, keys }: Jump): Option => ({ key: href, icon, title: plain(label), href, ...(keys && { keys }) })

export const ofPaper = (group: string, paper: KnownPaper): Option => ({
  key: `paper ${paper.id}`,
  icon: PageIcon,
  title: plain(titleOf(paper)),
  detail: plain(paper.authors.slice(0, 6).join(', ')),
  href: paths.paper(group, paper.id),
  paper,
})

const ofHit = (group: string, today: Day, hit: SearchHit): Option => {
  switch (hit.kind) {
    case 'paper': {
      const { id, boards } = hit.paper
      return {
        key: `paper ${id}`,
        icon: PageIcon,
        title: hit.title.text === '' ? plain(titleOf(hit.paper)) : hit.title,
        // Where neither title nor authors say why it was found, the text does.
        detail: hit.title.hits.length + hit.authors.hits.length === 0 && hit.snippet.hits.length > 0 ? hit.snippet : hit.authors,
        ...(boards[0] !== undefined && { side: dayNear(boards[0], today) }),
        href: paths.paper(group, id),
        paper: hit.paper,
      }
    }
    case 'comment':
      return {
        key: `comment ${hit.id}`,
        icon: CommentIcon,
        title: hit.snippet,
        detail: plain(`${hit.name} on ${hit.paperTitle ?? 'a paper'}`),
        side: dayNear(hit.day, today),
        href: commentHref(group, hit.day, hit.paper, hit.id),
      }
    case 'person':
      return {
        key: `person ${hit.id}`,
        icon: PersonIcon,
        title: hit.name,
        detail: plain(hit.member ? 'What they put up and wrote' : 'Has left the group'),
        href: paths.search(group, fromPerson(hit.name.text)),
      }
    case 'note':
      return {
        key: `${hit.of} ${hit.meeting} ${hit.paper ?? ''}`,
        icon: hit.of === 'minutes' ? PageIcon : EditIcon,
        title: hit.snippet.text === '' ? plain(hit.title) : hit.snippet,
        detail: plain(noteWords(hit)),
        side: dateAt(hit.at),
        href: noteHref(group, hit),
      }
  }
}

const headings = { paper: 'Papers', comment: 'Comments', person: 'People', note: 'Notes' } as const

interface Offering {
  group: string
  today: Day
  text: string
  jumps: readonly Jump[]
  hits: readonly SearchHit[]
  /** All there are. */
  total: number
}

const jumpsFor = ({ group, today, text, jumps }: Offering): Option[] => {
  const day = dayTyped(text, today)
  const month = day === null ? monthTyped(text, today) : null
  const dated: Option[] = []
  if (day !== null) dated.push({ key: `day ${day}`, icon: CalendarIcon, title: plain(`Board of ${dayLong(day)}`), href: paths.board(group, day) })
  if (month !== null)
    dated.push({ key: `month ${month}`, icon: CalendarIcon, title: plain(`Boards of ${monthName(month)}`), href: paths.month(group, monthOf(month).from) })
  return [...dated, ...jumpsTo(jumps, text).map(ofJump)].slice(0, most.jumps)
}

/** What is offered for what is typed. */
export const sectionsFor = (offering: Offering): Section[] => {
  const { group, today, text, hits, total } = offering
  const kinds = (['paper', 'comment', 'person', 'note'] as const).map(kind => ({
    heading: headings[kind],
    options: hits
      .filter(hit => hit.kind === kind)
      .slice(0, most[kind])
      .map(hit => ofHit(group, today, hit)),
  }))
  const all: Section = {
    heading: 'Search page',
    options: [
      {
        key: 'all',
        icon: SearchIcon,
        title: plain(total === 1 ? 'The only result' : total > 0 ? `All ${total.toLocaleString('en')} results` : `Search for “${text.trim()}”`),
        keys: 'mod+enter',
        href: paths.search(group, text.trim()),
      },
    ],
  }
  return [{ heading: 'Go to', options: jumpsFor(offering) }, ...kinds, all].filter(({ options }) => options.length > 0)
}

/** What is offered before anything is typed. */
export const sectionsBefore = (group: string, recent: readonly KnownPaper[], jumps: readonly Jump[]): Section[] =>
  [
    { heading: 'Opened last', options: recent.map(paper => ofPaper(group, paper)) },
    { heading: 'Go to', options: jumps.map(ofJump) },
  ].filter(({ options }) => options.length > 0)
