import { mathForMarkdown, mathIn, splitMath } from '@paperboard/shared/mathText'
import { describe, expect, test } from 'vitest'

const formulas = (text: string) => mathIn(text).map(({ tex }) => tex)

describe('mathematics in text', () => {
  test.each([
    ['a bound of $O(n^2)$ steps', ['O(n^2)']],
    ['with $\\alpha$-divergence and $k$-means', ['\\alpha', 'k']],
    ['$$E = mc^2$$', ['E = mc^2']],
    ['by \\(x_i\\) and \\[y = \\sum_i x_i\\]', ['x_i', 'y = \\sum_i x_i']],
    ['$\\text{two words here} + 1$', ['\\text{two words here} + 1']],
    ['$p=0.05$, $10^{-3}$', ['p=0.05', '10^{-3}']],
    ['a set $\\{1, \\$2\\}$', ['\\{1, \\$2\\}']],
  ])('[U40] formulas are found by their delimiters: %s', (text, found) => {
    expect(formulas(text)).toEqual(found)
  })

  test.each([
    'SWE-Lancer: Can Frontier LLMs Earn $1 Million from Real-World Freelance Software Engineering?',
    'tasks worth $1 million USD in payouts, from $50 bug fixes to $32,000 features',
    'it costs $5 and $10',
    '$100-$200 a month',
    'earn $1 Million as others do in US$ alone',
    'a lone $ sign, and another $',
    'escaped \\$x\\$ dollars',
    '$ x $',
    '$$$$',
    'GPT-[n] and <kernel> (as \\n)',
    'a \\( without an end',
    'a $x that ends\n\nin the next paragraph$',
  ])('[U41] money and lone delimiters are text: %s', text => {
    expect(formulas(text)).toEqual([])
  })

  test('[U42] pieces put together are the text, with escaped dollars shown as dollars', () => {
    const text = 'From $x$ to \\$5, <b>as is</b> & $$y$$.'
    const whole = splitMath(text)
      .map(piece => (piece.kind === 'text' ? piece.text : piece.source))
      .join('')
    expect(whole).toBe('From $x$ to $5, <b>as is</b> & $$y$$.')
  })

  test('[U43] in Markdown, code is left alone and money is escaped', () => {
    expect(mathForMarkdown('`$x$` costs $5, but $y$')).toBe('`$x$` costs \\$5, but $$y$$')
    expect(mathForMarkdown('```\n$a$\n```\n$b$')).toBe('```\n$a$\n```\n$$b$$')
  })

  test('[U44] a formula alone on its lines becomes a block, one in a sentence stays in it', () => {
    expect(mathForMarkdown('so\n$$x$$\nthen')).toBe('so\n\n$$\nx\n$$\n\nthen')
    expect(mathForMarkdown('so $$x$$ then')).toBe('so $$\\displaystyle x$$ then')
  })

  test('[U45] a text of nothing but delimiters is read in time linear in its length', () => {
    const begun = performance.now()
    for (const part of ['$', '\\(', '$$ ', '$a ', '\\[ ', '`$']) {
      mathIn(part.repeat(50_000))
      mathForMarkdown(part.repeat(5_000))
    }
    expect(performance.now() - begun).toBeLessThan(3_000)
  })
})
