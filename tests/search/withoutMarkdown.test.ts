/** What a line of a comment says, among other lines that were found. */
import { expect, test } from 'vitest'
import { withoutMarkdown } from '../../apps/server/src/search/withoutMarkdown.ts'

test.each([
  ['Is it **annealed**, *slowly*, or ~~never~~?', 'Is it annealed, slowly, or never?'],
  ['See [their proof](https://example.org/a_b_c) and `run_all.py`', 'See their proof and run_all.py'],
  ['# Against\n> quoted\n- [ ] one\n* two\n1. three', 'Against\nquoted\none\ntwo\n1. three'],
  ['**The bound $a_i * b_i$ of _theirs_**', 'The bound $a_i * b_i$ of theirs'],
  ['snake_case_name, 2 * 3 * 4, and a lone ** or _', 'snake_case_name, 2 * 3 * 4, and a lone ** or _'],
  ['\uE000 $x$ \uE000', ' $x$ '],
])('[X42] what was found of a comment or a note is shown without the signs of its Markdown, and with its formulas: %j', (text, says) => {
  expect(withoutMarkdown(text)).toBe(says)
})

test('[X43] no text makes that take long', () => {
  for (const sign of ['**', '*', '_', '`', '[', '[a](', '$', '- ', '![', '# ']) {
    const began = performance.now()
    withoutMarkdown(`${sign}a `.repeat(20_000))
    expect(performance.now() - began).toBeLessThan(1_500)
  }
})
