/** What happened in a meeting, read from its document once it has ended. Pure: who and what is called how is passed in. */
import type * as Y from 'yjs'
import { countedOf, entriesOf, planOf, standingOf } from './agenda.ts'
import { reasonFor } from './agendaReasons.ts'
import { agendaRuleWords, placed } from './agendaRules.ts'
import { actionsOf, notedIn } from './decisions.ts'
import { limits } from './limits.ts'
import { attendanceOf, clockOf, floorOf, MeetingItem, meetingOf, spentAt } from './meetingFloor.ts'
import type { MinutesFacts, MinutesItem, MinutesPerson, MinutesState, MinutesTalk } from './minutes.ts'
import { meetingNote, notesOf } from './notes.ts'
import { pollsOf } from './polls.ts'
import { questionsOf } from './questions.ts'
import { takesOf } from './takes.ts'

/** What facts need to know beside the document. */
export interface MinutesNames {
  title: string
  group: string
  timeZone: string
  name: (member: string) => string
  isGuest: (member: string) => boolean
  paper: (paper: string) => { title: string; authors: readonly string[]; link: string | null }
}

/** What became of a paper: discussed is what the meeting spent a minute on, or said something lasting about. */
export interface PaperOutcome {
  paper: string
  state: MinutesState
  place: number | null
  spent: number
}

/** What became of the papers of a meeting, in the order of its agenda; those it came to besides are behind. */
export function outcomesOf(doc: Y.Doc): PaperOutcome[] {
  const end = meetingOf(doc).endedAt ?? Number.MAX_SAFE_INTEGER
  const spoken = new Set([...notedIn(doc, 'decisions'), ...questionsOf(doc).filter(({ answered }) => answered !== null)].map(({ paper }) => paper))
  const notes = notesOf(doc)
  const spentOn = (paper: string) => {
    const clock = clockOf(doc, paper)
    return clock === null ? 0 : spentAt(clock, end)
  }
  const isDiscussed = (paper: string) => spentOn(paper) >= limits.discussed || spoken.has(paper) || notes.has(paper) || takesOf(doc, paper).revealed !== null
  const entries = [...entriesOf(doc)]
  const on = entries
    .map(
      ([paper, { state, place }]): PaperOutcome => ({
        paper,
        state: isDiscussed(paper) ? 'discussed' : state === 'dropped' ? 'dropped' : 'carried',
        place,
        spent: spentOn(paper),
      }),
    )
    .sort((a, b) => (a.place ?? Number.POSITIVE_INFINITY) - (b.place ?? Number.POSITIVE_INFINITY) || (a.paper < b.paper ? -1 : 1))
  const known = new Set(entries.map(([paper]) => paper))
  const besides = [...doc.getMap('clock').keys()].filter(
    item => MeetingItem.safeParse(item).success && item !== 'lobby' && item !== 'closing' && !known.has(item),
  )
  return [
    ...on,
    ...besides
      .sort()
      .filter(isDiscussed)
      .map((paper): PaperOutcome => ({ paper, state: 'discussed', place: null, spent: spentOn(paper) })),
  ]
}

/** The facts of a meeting that has ended. */
export function minutesFacts(doc: Y.Doc, names: MinutesNames): MinutesFacts {
  const { startedAt, endedAt } = meetingOf(doc)
  const counted = countedOf(doc)
  const { rule } = planOf(doc)
  const outcomes = outcomesOf(doc)
  const facilitator = floorOf(doc)?.facilitator ?? null
  const order: Record<MinutesState, number> = { discussed: 0, carried: 1, dropped: 2 }
  const why = reasons(doc, names)
  return {
    title: names.title,
    group: names.group,
    timeZone: names.timeZone,
    startedAt: startedAt ?? endedAt ?? 0,
    endedAt: endedAt ?? startedAt ?? 0,
    facilitator: facilitator === null ? null : names.name(facilitator),
    rule: agendaRuleWords[rule.kind].name,
    votes: counted === null ? null : { from: counted.from, until: counted.until },
    people: people(doc, names),
    items: outcomes.toSorted((a, b) => order[a.state] - order[b.state]).map(outcome => itemOf(doc, outcome, { names, why })),
    rest: talkOf(doc, null, names),
  }
}

/** Why each paper was on the agenda, in words. */
function reasons(doc: Y.Doc, { name, paper }: MinutesNames): Map<string, string> {
  const standing = standingOf(doc)
  const { rule } = planOf(doc)
  if (standing === null) return new Map()
  const named = { name, title: (id: string) => paper(id).title }
  return new Map(placed(rule, standing).map(one => [one.paper, reasonFor(one, rule, named)]))
}

function itemOf(doc: Y.Doc, { paper, state, spent }: PaperOutcome, { names, why }: { names: MinutesNames; why: ReadonlyMap<string, string> }): MinutesItem {
  const { title, authors, link } = names.paper(paper)
  const presenter = entriesOf(doc).get(paper)?.presenter ?? null
  return {
    paper,
    title,
    authors: [...authors],
    link,
    state,
    spent,
    why: why.get(paper) ?? '',
    presenter: presenter === null ? null : names.name(presenter),
    takes: takesOf(doc, paper).takes.map(({ member, score, text }) => ({ name: names.name(member), score, text })),
    ...talkOf(doc, paper, names),
  }
}

function talkOf(doc: Y.Doc, paper: string | null, { name, paper: paperCalled }: MinutesNames): MinutesTalk {
  const about = <T extends { paper: string | null }>(list: readonly T[]) => list.filter(one => one.paper === paper)
  const noted = (root: 'decisions' | 'parked') => about(notedIn(doc, root)).map(({ text, by }) => ({ text, by: name(by) }))
  return {
    questions: about(questionsOf(doc))
      .toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
      .map(({ text, asker, voters, answered }) => ({ text, asker: name(asker), wanted: voters.length, answered: answered !== null })),
    polls: about(pollsOf(doc)).flatMap(({ question, options, secret, result }) =>
      result === null ? [] : [{ question, options: options.map((text, i) => ({ text, count: result.counts[i] ?? 0 })), ballots: result.ballots, secret }],
    ),
    decisions: noted('decisions'),
    actions: about(actionsOf(doc)).map(({ text, kind, assignee, due, done, paper: of }) => ({
      text,
      kind,
      due,
      done,
      who: assignee === null ? null : name(assignee),
      title: of === null ? null : paperCalled(of).title,
    })),
    parked: noted('parked'),
    notes: notesOf(doc).get(paper ?? meetingNote) ?? '',
  }
}

/** Who was there, the first to come first. */
const people = (doc: Y.Doc, { name, isGuest }: MinutesNames): MinutesPerson[] => {
  const end = meetingOf(doc).endedAt ?? 0
  return [...attendanceOf(doc)]
    .flatMap(([member, { spans }]) => {
      const [first, last] = [spans[0], spans.at(-1)]
      if (first === undefined || last === undefined) return []
      const spent = spans.reduce((sum, [from, until]) => sum + Math.max(0, (until ?? end) - from), 0)
      return [{ member, name: name(member), guest: isGuest(member), from: first[0], until: last[1] ?? end, spent }]
    })
    .sort((a, b) => a.from - b.from || (a.member < b.member ? -1 : 1))
    .map(({ member: _, ...person }) => person)
}
