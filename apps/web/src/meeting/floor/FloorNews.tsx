import { useEffect, useRef } from 'react'
import { count } from '../../board/names.ts'
import { useView } from '../../live/hooks.ts'
import { view } from '../../live/views.ts'
import { Spoken, useSpoken } from '../../ui/Spoken.tsx'
import { useEnded, useFloor } from './floor.ts'
import { nameOfItem } from './items.ts'
import { decisions, floorNow, hands, polls, questions, word } from './views.ts'

/** ms between announcements: what happens meanwhile is told in one sentence. */
const pause = 4_000

const revealed = view(['revealed'], doc => [...doc.getMap('revealed').keys()])

/** Tells screen readers, now and then, what others did on the floor. */
export function FloorNews() {
  const { room, me, at, papers, nameOf, titleOf } = useFloor()
  const now = {
    asked: new Set(
      useView(room, questions)
        .filter(({ asker }) => asker !== me.id)
        .map(({ key }) => key),
    ),
    hands: new Set(
      useView(room, hands)
        .filter(({ member }) => member !== me.id)
        .map(({ member }) => member),
    ),
    decided: new Set(
      useView(room, decisions)
        .filter(({ by }) => by !== me.id)
        .map(({ key }) => key),
    ),
    polls: new Set(
      useView(room, polls)
        .filter(({ by }) => by !== me.id)
        .map(({ key }) => key),
    ),
    revealed: new Set(useView(room, revealed)),
    word: useView(room, word)?.member ?? null,
    lead: useView(room, floorNow)?.facilitator ?? null,
    at,
    ended: useEnded(),
  }
  const [said, say] = useSpoken()
  const latest = useRef({ now, papers, nameOf, titleOf })
  latest.current = { now, papers, nameOf, titleOf }
  const told = useRef(now)
  useEffect(() => {
    const timer = setInterval(() => {
      const before = told.current
      const { now, papers, nameOf, titleOf } = latest.current
      told.current = now
      const fresh = (what: 'asked' | 'hands' | 'decided' | 'polls' | 'revealed') => [...now[what].difference(before[what])]
      const spoken = [
        ...(now.ended && !before.ended ? ['The meeting has ended'] : now.at !== before.at ? [`The meeting is at: ${nameOfItem(now.at, papers)}`] : []),
        ...(now.lead !== before.lead && now.lead !== null ? [now.lead === me.id ? 'You lead the meeting' : `${nameOf(now.lead)} leads the meeting`] : []),
        ...(now.word !== before.word && now.word !== null ? [now.word === me.id ? 'You have the word' : `${nameOf(now.word)} has the word`] : []),
        ...fresh('revealed').map(paper => `The takes on ${titleOf(paper)} are revealed`),
        ...fresh('hands').map(member => `${nameOf(member)} raises a hand`),
        ...numbered(fresh('asked').length, 'new question'),
        ...numbered(fresh('polls').length, 'new poll'),
        ...numbered(fresh('decided').length, 'new decision'),
      ]
      if (spoken.length > 0) say(`${spoken.slice(0, 4).join('. ')}.`)
    }, pause)
    return () => clearInterval(timer)
  }, [me.id, say])
  return <Spoken said={said} />
}

const numbered = (n: number, what: string): string[] => (n === 0 ? [] : [count(n, what)])
