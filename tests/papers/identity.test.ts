import { describe, expect, test } from 'vitest'
import type { PaperRow } from '../../apps/server/src/db/papers.ts'
import { familyName, sameFirstAuthor, titleKey } from '../../apps/server/src/papers/identity.ts'
import { createMatcher } from '../../apps/server/src/papers/matching.ts'
import { type ReadPaper, untold } from '../../apps/server/src/papers/pastedLines.ts'
import { paperRow } from '../support/paperRow.ts'

describe('titles and authors as they are compared', () => {
  test.each([
    ['Attention Is All You Need', 'attention is all you need.'],
    ['ConAIR:Consistency-Augmented', 'ConAIR: Consistency Augmented'],
    ['Über die Größe', 'uber die größe'],
    ['Poincaré', 'Poincare\u0301'],
    ['ﬁne ﬂuid', 'fine fluid'],
    ['注意力 就是 一切', '注意力就是一切'],
    ['Ёлка', 'елка'],
    ['???', ' ?? ?'],
  ])('[P24] "%s" and "%s" are one title', (a, b) => {
    expect(titleKey(a)).toBe(titleKey(b))
  })

  test.each([
    ['GPT-3', 'GPT-4'],
    ['注意力', '注意'],
    ['कि', 'का'],
    ['???', '!!!'],
    ['', 'a'],
  ])('[P25] "%s" and "%s" are two titles', (a, b) => {
    expect(titleKey(a)).not.toBe(titleKey(b))
  })

  test.each([
    ['Ada Lovelace', 'lovelace'],
    ['Lovelace, Ada', 'lovelace'],
    ['Ludwig van Beethoven', 'beethoven'],
    ['Sammy Davis Jr.', 'davis'],
    ['Marie Skłodowska-Curie', 'skłodowska-curie'],
    ["Flannery O'Connor", "o'connor"],
    ['王小明', '王小明'],
    ['OpenAI', 'openai'],
    ['', ''],
  ])('[P26] the family name of "%s" is %s', (author, family) => {
    expect(familyName(author)).toBe(family)
  })

  test.each([
    [['Ada Lovelace'], ['Lovelace, A.', 'Babbage'], true],
    [['Wang Xiaoming'], ['Xiaoming Wang'], true],
    [['José Pérez'], ['Jose Perez'], true],
    [[], ['Ada Lovelace'], true],
    [['Ada Lovelace'], [], true],
    [['Ada Lovelace'], ['Charles Babbage', 'Ada Lovelace'], false],
  ])('[P27] the first of %j and of %j can be one person: %s', (a, b, same) => {
    expect(sameFirstAuthor(a, b)).toBe(same)
  })
})

const group = 'GroupGroup01'
const paper = (of: Partial<ReadPaper>): ReadPaper => ({ ...untold(), line: 1, ...of })

const matched = (rows: PaperRow[], asked: Partial<ReadPaper>, theirs: string[] = []) => {
  const match = createMatcher({ group, rows, theirs: new Set(theirs) }).match(paper(asked))
  return match.fresh ? 'new' : match.row.id
}

describe('which entry a paper is', () => {
  test.each<[string, PaperRow[], Partial<ReadPaper>, string[], string]>([
    ['an arXiv id names their own entry', [paperRow({ id: 'a', arxivId: '2206.03382', scope: group })], { arxivId: '2206.03382' }, [], 'a'],
    ['a DOI names a shared entry on one of their boards', [paperRow({ id: 'a', doi: '10.1/x' })], { doi: '10.1/x' }, ['a'], 'a'],
    ['an arXiv id does not name a shared entry that is on none of their boards', [paperRow({ id: 'a', arxivId: '1' })], { arxivId: '1' }, [], 'new'],
    ['a DOI does not either', [paperRow({ id: 'a', doi: '10.1/x' })], { doi: '10.1/x' }, [], 'new'],
    ['a title does not name a shared entry that is on none of their boards', [paperRow({ id: 'a', title: 'T', arxivId: '1' })], { title: 't' }, [], 'new'],
    ['a title names a shared entry on one of their boards', [paperRow({ id: 'a', title: 'T', arxivId: '1' })], { title: 't' }, ['a'], 'a'],
    ['a title names their own entry', [paperRow({ id: 'a', title: 'T', scope: group })], { title: 't' }, [], 'a'],
    [
      'their own entry goes before a shared one',
      [paperRow({ id: 'a', arxivId: '1' }), paperRow({ id: 'b', arxivId: '1', scope: group })],
      { arxivId: '1' },
      ['a'],
      'b',
    ],
    [
      'their own by title goes before a shared one by id that they do not have',
      [paperRow({ id: 'a', arxivId: '1' }), paperRow({ id: 'b', title: 'T', scope: group })],
      { arxivId: '1', title: 'T' },
      [],
      'b',
    ],
    [
      'the arXiv id goes before the title',
      [paperRow({ id: 'a', title: 'T', scope: group }), paperRow({ id: 'b', arxivId: '1' })],
      { arxivId: '1', title: 'T' },
      ['b'],
      'b',
    ],
    [
      'the arXiv id goes before the DOI',
      [paperRow({ id: 'a', doi: '10.1/x' }), paperRow({ id: 'b', arxivId: '1' })],
      { arxivId: '1', doi: '10.1/x' },
      ['a', 'b'],
      'b',
    ],
    [
      'equal titles with other arXiv ids are two papers',
      [paperRow({ id: 'a', title: 'Editorial', arxivId: '1' })],
      { title: 'Editorial', arxivId: '2' },
      ['a'],
      'new',
    ],
    [
      'equal titles with other DOIs are two papers',
      [paperRow({ id: 'a', title: 'Editorial', doi: '10.1/x' })],
      { title: 'Editorial', doi: '10.1/y' },
      ['a'],
      'new',
    ],
    [
      'equal titles of other first authors are two papers',
      [paperRow({ id: 'a', title: 'T', authors: ['Ada Lovelace'], scope: group })],
      { title: 'T', authors: ['Charles Babbage'] },
      [],
      'new',
    ],
    [
      'equal titles are one paper when one side names no authors',
      [paperRow({ id: 'a', title: 'T', authors: ['Ada Lovelace'], scope: group })],
      { title: 'T' },
      [],
      'a',
    ],
    ['a link alone names an entry known by it', [paperRow({ id: 'a', url: 'https://x.org/', scope: group })], { url: 'https://x.org/' }, [], 'a'],
    [
      'a link and a title name an entry known by the link alone',
      [paperRow({ id: 'a', url: 'https://x.org/', scope: group })],
      { url: 'https://x.org/', title: 'T' },
      [],
      'a',
    ],
    [
      'a link does not make two titles one paper',
      [paperRow({ id: 'a', url: 'https://x.org/', title: 'S', scope: group })],
      { url: 'https://x.org/', title: 'T' },
      [],
      'new',
    ],
    ["another group's entry is never matched", [paperRow({ id: 'a', title: 'T', scope: '', arxivId: '1' })], { title: 'T', authors: ['X'] }, [], 'new'],
  ])('[P28] %s', (_, rows, asked, theirs, expected) => {
    expect(matched(rows, asked, theirs)).toBe(expected)
  })

  test.each<[Partial<ReadPaper>]>([
    [{ arxivId: '2206.03382' }],
    [{ doi: '10.1/x' }],
    [{ title: 'T', arxivId: '2206.03382' }],
    [{ title: 'T' }],
    [{ url: 'https://x.org/' }],
  ])('[P29] a new paper %j is entered in the scope of the group', asked => {
    expect(createMatcher({ group, rows: [], theirs: new Set() }).match(paper(asked)).row.scope).toBe(group)
  })

  test('[P30] what an entry lacks is filled in, what it has is kept, and it stays in its scope', () => {
    const own = paperRow({ title: 'T', scope: group, authors: ['Ada'], doi: null })
    const matcher = createMatcher({ group, rows: [own], theirs: new Set() })
    const told = paper({ title: 'Other', authors: ['Bob'], abstract: 'A', arxivId: '2206.03382', arxivVersion: 2, doi: '10.1/x', url: 'https://x.org/' })
    expect(matcher.fill(own, told)).toBe(true)
    expect(own).toMatchObject({
      title: 'T',
      authors: ['Ada'],
      abstract: 'A',
      arxivId: '2206.03382',
      arxivVersion: 2,
      doi: '10.1/x',
      url: 'https://x.org/',
      scope: group,
    })
    expect(matcher.fill(own, told)).toBe(false)
  })

  test('[P61] an entry that other groups have, too, is not filled in by one of them', () => {
    const shared = paperRow({ id: 'a', arxivId: '2206.03382' })
    const matcher = createMatcher({ group, rows: [shared], theirs: new Set(['a']) })
    expect(matcher.fill(shared, paper({ arxivId: '2206.03382', title: 'T', abstract: 'A' }))).toBe(false)
    expect(shared).toMatchObject({ title: null, abstract: '' })
  })

  test('[P31] an identifier is not filled in where another entry of the scope has it', () => {
    const [own, other] = [paperRow({ id: 'a', title: 'T', scope: group }), paperRow({ id: 'b', title: 'U', scope: group, arxivId: '2206.03382' })]
    const matcher = createMatcher({ group, rows: [own, other], theirs: new Set() })
    expect(matcher.fill(own, paper({ title: 'T', arxivId: '2206.03382' }))).toBe(false)
    expect(own.arxivId).toBeNull()
  })
})
