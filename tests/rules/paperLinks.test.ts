import { describe, expect, test } from 'vitest'
import { linksOf, titleOf } from '../../apps/web/src/paper/links.ts'

const paper = { title: 'A title', arxivId: null, doi: null, url: null, links: [] }

describe('where a paper leads', () => {
  test('[U46] an arXiv id leads to its page, its PDF and its page at Hugging Face; its own DOI is no second address', () => {
    const links = linksOf({ ...paper, arxivId: '2206.03382', doi: '10.48550/arXiv.2206.03382' })
    expect(links.map(({ href }) => href)).toEqual([
      'https://arxiv.org/abs/2206.03382',
      'https://arxiv.org/pdf/2206.03382',
      'https://huggingface.co/papers/2206.03382',
    ])
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//example.org', 'no address'])('[U47] %s is never a link', url => {
    expect(linksOf({ ...paper, url, links: [{ label: 'Code', url }] })).toEqual([])
  })

  test('[U48] an address named twice is one link, called by its host where it has no label', () => {
    const url = 'https://www.example.org/x'
    expect(linksOf({ ...paper, url, links: [{ label: 'Code', url }] })).toEqual([{ label: 'example.org', href: url }])
  })

  test.each([
    [{ ...paper, arxivId: '2206.03382' }, 'A title'],
    [{ ...paper, title: null, arxivId: '2206.03382' }, 'arXiv:2206.03382'],
    [{ ...paper, title: null, doi: '10.1/x' }, 'doi:10.1/x'],
    [{ ...paper, title: null, url: 'https://example.org/x' }, 'https://example.org/x'],
  ])('[U49] a paper without a title yet is called by its id: %s', (of, name) => {
    expect(titleOf(of)).toBe(name)
  })
})
