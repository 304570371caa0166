/** What the search of the web app does by itself: asking, understanding, marking, going places. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAsker } from '../../apps/web/src/search/asker.ts'
import { dayTyped, jumpsOf, jumpsTo, monthTyped } from '../../apps/web/src/search/jumps.ts'
import { stretchesOf } from '../../apps/web/src/search/MarkedText.tsx'
import { noteHref, noteWords } from '../../apps/web/src/search/noteWords.ts'
import { plainWords } from '../../apps/web/src/search/plainWords.ts'
import { chipsOf, fromPerson } from '../../apps/web/src/search/query.ts'

describe('asking as one types', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** A server that answers when it is told to. */
  const listening = () => {
    const asked: { text: string; answer: () => void; fail: () => void; signal: AbortSignal }[] = []
    const heard: string[] = []
    const asker = createAsker<string>({
      ask: (text, signal) =>
        new Promise((resolve, reject) => asked.push({ text, answer: () => resolve(`of ${text}`), fail: () => reject(new Error(text)), signal })),
      between: 100,
      patience: 1_000,
      again: error => (error instanceof Error && error.message.startsWith('bad') ? null : 2_000),
      onAnswer: (_, answer) => heard.push(answer),
      onError: text => heard.push(`no ${text}`),
    })
    return { asked, heard, asker }
  }
  const texts = (asked: { text: string }[]) => asked.map(({ text }) => text)

  test('[U78] the first letter is asked at once, and while its answer is under way nothing else; then what it has become', async () => {
    const { asked, heard, asker } = listening()
    for (const text of ['s', 'st', 'sta', 'stat']) asker.want(text)
    await vi.advanceTimersByTimeAsync(500)
    expect(texts(asked)).toEqual(['s'])
    asked[0]?.answer()
    await vi.advanceTimersByTimeAsync(0)
    expect(texts(asked)).toEqual(['s', 'stat'])
    asked[1]?.answer()
    await vi.advanceTimersByTimeAsync(0)
    expect(heard).toEqual(['of s', 'of stat'])
  })

  test('[U79] questions are not closer together than their pause', async () => {
    const { asked, asker } = listening()
    asker.want('s')
    asked[0]?.answer()
    await vi.advanceTimersByTimeAsync(10)
    asker.want('st')
    await vi.advanceTimersByTimeAsync(80)
    expect(texts(asked)).toEqual(['s'])
    await vi.advanceTimersByTimeAsync(20)
    expect(texts(asked)).toEqual(['s', 'st'])
  })

  test('[U80] an answer that takes too long is given up once something else is typed, and not heard when it comes after all', async () => {
    const { asked, heard, asker } = listening()
    asker.want('s')
    await vi.advanceTimersByTimeAsync(600)
    asker.want('st')
    await vi.advanceTimersByTimeAsync(399)
    expect(asked.length).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(asked[0]?.signal.aborted).toBe(true)
    asked[0]?.answer()
    asked[1]?.fail()
    await vi.advanceTimersByTimeAsync(0)
    expect(heard).toEqual(['no st'])
  })

  test('[U81] what was typed and taken away again asks nothing more, and is asked anew when it is typed again', async () => {
    const { asked, heard, asker } = listening()
    asker.want('s')
    asker.want(null)
    asked[0]?.answer()
    await vi.advanceTimersByTimeAsync(200)
    expect(heard).toEqual([])
    asker.want('s')
    expect(texts(asked)).toEqual(['s', 's'])
  })
})

describe('a server that does not answer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const failing = () => {
    const asked: string[] = []
    const heard: string[] = []
    let up = false
    const asker = createAsker<string>({
      ask: text => {
        asked.push(text)
        return up ? Promise.resolve(`of ${text}`) : Promise.reject(new Error(text))
      },
      between: 100,
      patience: 1_000,
      again: error => (error instanceof Error && error.message.startsWith('bad') ? null : 2_000),
      onAnswer: (_, answer) => heard.push(answer),
      onError: text => heard.push(`no ${text}`),
    })
    return {
      asked,
      heard,
      asker,
      start: () => {
        up = true
      },
    }
  }

  test('[U94] what got no answer is asked again by itself until there is one, unless the question is at fault', async () => {
    const { asked, heard, asker, start } = failing()
    asker.want('state')
    await vi.advanceTimersByTimeAsync(4_500)
    expect(asked).toEqual(['state', 'state', 'state'])
    start()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(heard.at(-1)).toBe('of state')
    expect(asked.length).toBe(4)
    asker.stop()

    const bad = failing()
    bad.asker.want('bad')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(bad.asked).toEqual(['bad'])
  })

  test('[U95] what was typed meanwhile is asked in its place, and nothing is asked for what was taken away or closed', async () => {
    const { asked, asker } = failing()
    asker.want('s')
    await vi.advanceTimersByTimeAsync(1_000)
    asker.want('st')
    await vi.advanceTimersByTimeAsync(1_500)
    expect(asked).toEqual(['s', 'st'])
    asker.want(null)
    await vi.advanceTimersByTimeAsync(5_000)
    asker.want('sta')
    await vi.advanceTimersByTimeAsync(100)
    asker.stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked).toEqual(['s', 'st', 'sta'])
  })

  test.each([
    ['mamba author:"Albert Gu" -tag:rl voted:me', ['mamba', 'albert gu']],
    ['"State Space" title:modèle', ['state space', 'modele']],
    ['voted:me before:2026', []],
  ])('[U96] without it the words for titles and authors are looked for in what this browser has: %s', (q, words) => {
    expect(plainWords(q)).toEqual(words)
  })
})

describe('going to places by name', () => {
  const today = '2026-12-01'
  const to = (text: string) => jumpsTo(jumpsOf('g', today), text).map(({ label }) => label)

  test.each([
    ['mem', 'Members'],
    ['top', 'Top recent'],
    ['tod', 'Today’s board'],
    ['invite', 'Members'],
    ['arxiv', 'Sources'],
    ['set gro', 'Group settings'],
  ])('[U82] a page is found by the beginnings of its words, or of other words for it: %s', (text, label) => {
    expect(to(text)[0]).toBe(label)
  })

  test('[U83] words that no page has find none', () => {
    expect(to('membership dues')).toEqual([])
    expect(to('')).toEqual([])
  })

  test.each([
    ['2026-11-24', '2026-11-24'],
    ['yesterday', '2026-11-30'],
    ['24 nov', '2026-11-24'],
    ['November 24, 2025', '2025-11-24'],
    ['24.11.', '2026-11-24'],
    ['24.11.2025', '2025-11-24'],
    ['tue', '2026-12-01'],
    ['last wed', '2026-11-25'],
    ['31 feb', null],
    ['state space', null],
    ['nov', null],
    ['7 layers', null],
  ])('[U84] a day is typed as people write it: %s', (text, day) => {
    expect(dayTyped(text, today)).toBe(day)
  })

  test.each([
    ['2026-10', '2026-10-01'],
    ['october', '2026-10-01'],
    ['oct 2025', '2025-10-01'],
    ['octopus', null],
    ['2026-13', null],
  ])('[U85] and a month: %s', (text, month) => {
    expect(monthTyped(text, today)).toBe(month)
  })
})

describe('what is asked and what is found', () => {
  test('[U86] fields, phrases and what is left out are chips, each of which can be taken away alone', () => {
    const chips = chipsOf('mamba author:"Albert Gu" "state space" -tag:rl voted:me')
    expect(chips.map(({ words }) => words)).toEqual(['by the author Albert Gu', '“state space”', 'not tagged rl', 'voted for by you'])
    expect(chips.map(({ rest }) => rest)).toEqual([
      'mamba "state space" -tag:rl voted:me',
      'mamba author:"Albert Gu" -tag:rl voted:me',
      'mamba author:"Albert Gu" "state space" voted:me',
      'mamba author:"Albert Gu" "state space" -tag:rl',
    ])
  })

  test('[U87] a query for a person names them whole, whatever their name', () => {
    expect(chipsOf(fromPerson('Ada "the first" Lovelace')).map(({ words }) => words)).toEqual(['from Ada the first Lovelace'])
  })

  test.each([
    [0, 5, 'Large'],
    [23, 28, 'steps'],
    [17, 19, '$O(n)$'],
    [13, 18, 'of $O(n)$'],
  ])('[U88] what was found is marked, and a formula in whole: %i to %i', (from, to, marked) => {
    const text = 'Large models of $O(n)$ steps'
    const stretches = stretchesOf({ text, hits: [[from, to]] })
    const textOf = (some: typeof stretches) => some.map(each => text.slice(each.from, each.to)).join('')
    expect(textOf(stretches)).toBe(text)
    expect(textOf(stretches.filter(({ math }) => math !== undefined))).toBe('$O(n)$')
    expect(textOf(stretches.filter(({ hit }) => hit))).toBe(marked)
  })

  test.each([
    ['minutes', null, 'Thursday', 'Minutes of Thursday', '/g/g/meetings/m/minutes'],
    ['notes', 'p', 'Thursday', 'Notes on Attention, Thursday', '/g/g/meetings/m?item=p'],
    ['notes', 'p', '', 'Notes on Attention', '/g/g/meetings/m?item=p'],
    ['notes', null, 'Thursday', 'Notes of Thursday', '/g/g/meetings/m?item=closing'],
    ['notes', null, '', 'Notes of a meeting', '/g/g/meetings/m?item=closing'],
  ] as const)('[U100] of a meeting %s on %s, called %j, are found as %j and lead to %s', (of, paper, title, words, href) => {
    const hit = { of, paper, title, paperTitle: paper === null ? null : 'Attention', meeting: 'm' }
    expect([noteWords(hit), noteHref('g', hit)]).toEqual([words, href])
  })
})
