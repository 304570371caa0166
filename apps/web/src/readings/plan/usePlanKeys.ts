import { neighbour, type PlanSession } from '@paperboard/shared/plan'
import type { ReadingRole } from '@paperboard/shared/readingRoles'
import { useGroupView } from '../../board/board.ts'
import { isTyping, type KeyBinding, useKeys } from '../../ui/keys.ts'
import { move, redo, shift, undo } from './planActs.ts'
import { type PlanContext, placeId, placeOf, titleIn } from './usePlan.ts'

interface Controls extends Pick<PlanContext, 'papers' | 'select' | 'pick'> {
  sessions: readonly PlanSession[]
  /** The selected paper. */
  current: string | null
  assign: (session: PlanSession, paper: string, role: ReadingRole) => void
  /** Sessions as far as they are shown. */
  shown: readonly PlanSession[]
}

/** Whether the focus is on a paper of the plan: then arrows are for it. */
const onPaper = () => document.activeElement?.closest('[data-place]') !== null
const free = () => !isTyping(document.activeElement)

/** The focus goes where the paper is now, once it is there. */
export const focusPlace = (place: string) => requestAnimationFrame(() => document.getElementById(`place-${place}`)?.focus())

/** The same for a paper that has gone from where it had the focus, if it stands at one place now. */
const focusPaper = (paper: string) =>
  requestAnimationFrame(() => {
    const [place, ...others] = document.querySelectorAll<HTMLElement>(`[data-place$=":${CSS.escape(paper)}"]`)
    if (document.activeElement === document.body && place !== undefined && others.length === 0) focusPlace(place.dataset.place ?? '')
  })

/** What keys do on a plan. */
export const usePlanKeys = ({ sessions, papers, current, select, pick, assign, shown }: Controls) => {
  const view = useGroupView()
  const places = shown.flatMap(({ key, papers }) => papers.map(({ paper }) => placeId(key, paper)))
  /** Where one begins: with the paper that was selected, if it has moved since, else with the first from today on. */
  const entry = (): string | undefined => {
    const paper = current === null ? null : placeOf(current).paper
    const ahead = shown.find(({ day, papers }) => day >= view.group.today && papers.length > 0)
    return places.find(place => placeOf(place).paper === paper) ?? (ahead?.papers[0] === undefined ? places.at(-1) : placeId(ahead.key, ahead.papers[0].paper))
  }
  const selected = () => {
    if (current === null || !places.includes(current)) return null
    const { session: key, paper } = placeOf(current)
    const session = sessions.find(each => each.key === key)
    return session === undefined ? null : { session, paper, title: titleIn(papers, paper) }
  }
  const step = (by: 1 | -1) => {
    const at = current === null ? -1 : places.indexOf(current)
    const next = at === -1 ? entry() : places[Math.min(Math.max(at + by, 0), places.length - 1)]
    if (next === undefined) return
    select(next)
    focusPlace(next)
  }
  const on = (act: (at: { session: PlanSession; paper: string; title: string }) => void) => () => {
    const at = selected()
    if (at !== null) act(at)
    else step(1)
  }
  const across = (by: 1 | -1) =>
    on(({ session, paper, title }) => {
      const to = neighbour(sessions, session.key, by)
      if (to === undefined || !move(view, { paper, title }, session, to)) return
      select(placeId(to.key, paper))
      focusPlace(placeId(to.key, paper))
    })
  /** What had the focus may have moved, and goes on from where it is now. */
  const back = (go: typeof undo) => {
    const paper = document.activeElement?.closest<HTMLElement>('[data-place]')?.dataset.place
    go(view)
    if (paper !== undefined) focusPaper(placeOf(paper).paper)
  }
  const handAs = (role: ReadingRole) => on(({ session, paper }) => assign(session, paper, role))
  const keys: KeyBinding[] = [
    { keys: 'j', does: 'Next paper', under: 'Through the papers', act: () => step(1) },
    { keys: 'k', does: 'Previous paper', under: 'Through the papers', act: () => step(-1) },
    { keys: 'down', does: 'Next paper', under: 'Through the papers', when: onPaper, act: () => step(1) },
    { keys: 'up', does: 'Previous paper', under: 'Through the papers', when: onPaper, act: () => step(-1) },
    { keys: 'a', does: 'Assign to somebody', under: 'On a paper', act: handAs('reader') },
    { keys: 'p', does: 'Assign a presenter', under: 'On a paper', act: handAs('presenter') },
    { keys: 'd', does: 'Assign a discussant', under: 'On a paper', act: handAs('discussant') },
    { keys: 'r', does: 'Assign a reader', under: 'On a paper', act: handAs('reader') },
    { keys: 'right', does: 'Move it to the next session', under: 'On a paper', when: onPaper, act: across(1) },
    { keys: 'left', does: 'Move it to the session before', under: 'On a paper', when: onPaper, act: across(-1) },
    {
      keys: 'alt+down',
      does: 'Move it down',
      under: 'On a paper',
      when: onPaper,
      act: on(({ session, ...titled }) => shift(view, titled, session, 1)),
    },
    { keys: 'alt+up', does: 'Move it up', under: 'On a paper', when: onPaper, act: on(({ session, ...titled }) => shift(view, titled, session, -1)) },
    { keys: 'n', does: 'Add a paper to its session', under: 'On a paper', act: on(({ session }) => pick(session)) },
    { keys: 'mod+z', does: 'Undo my last step', under: 'Everywhere', when: free, act: () => back(undo) },
    { keys: 'mod+shift+z', does: 'Do it again', under: 'Everywhere', when: free, act: () => back(redo) },
  ]
  useKeys(keys)
}
