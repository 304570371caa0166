/** Reading a long note part by part. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { partsOf } from '../../apps/web/src/meeting/notes/noteParts.ts'
import MarkdownContent from '../../apps/web/src/paper/MarkdownContent.tsx'
import { randomFrom } from '../support/random.ts'

// A formula as its source: it is set in a browser alone.
const more = { plugins: [], components: { code: 'code' as const } }
const html = (text: string) => renderToStaticMarkup(createElement(MarkdownContent, { text, more })).trim()
const blocks = [
  'We read this slowly, and asked what it would take to see it **fail**.',
  '# A heading',
  '- one\n- two\n  - deep',
  '- [ ] ask\n\n- [x] done',
  '1. one\n\n   more of it\n\n2. two',
  '> said\n\n> again',
  '```\ncode\n\n# no heading\n```',
  '~~~ts\n```\n\nstill code\n~~~',
  '$$\na\n\nb\n$$',
  'It costs $5 and $x_1$ is `$$`.',
  '    indented\n\n    code',
  '| a | b |\n| --- | --- |\n| 1 | 2 |',
  '***',
  'A [link](https://example.org) and <b>no tag</b>',
]

test('[Z39] a long note that is read part by part says what it says as a whole', () => {
  const random = randomFrom(20_261_201)
  let most = 0
  for (let n = 0; n < 6; n++) {
    const text = Array.from({ length: 200 }, () => random.pick(blocks)).join(random.chance(0.5) ? '\n\n' : '\n\n\n')
    const parts = partsOf(text)
    most = Math.max(most, parts.length)
    expect(parts.join('')).toBe(text)
    expect(parts.map(html).join('\n')).toBe(html(text))
  }
  expect(most).toBeGreaterThan(3)
})

test('[Z40] what is defined elsewhere in a note keeps it in one part', () => {
  const long = `${'Read [this] first.\n\n'.repeat(400)}`
  expect(partsOf(long).length).toBeGreaterThan(1)
  expect(partsOf(`${long}[this]: https://example.org`)).toHaveLength(1)
})
