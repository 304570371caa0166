/** What search relies on of the index, on each engine. */

import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import {
  emptyIndex,
  findDocuments,
  indexState,
  noteIndexState,
  putDocuments,
  removeDocuments,
  wordCounts,
  wordsLike,
} from '../../apps/server/src/db/searchIndex.ts'
import type { IndexedDocument, Looked, Step, TextPart } from '../../apps/server/src/db/searchTexts.ts'
import { candidates } from '../../apps/server/src/search/candidates.ts'
import { askedBy } from '../../apps/server/src/search/clauses.ts'
import { stem, tokensOf } from '../../apps/server/src/search/text.ts'
import { oddText } from '../support/oddText.ts'
import { randomFrom } from '../support/random.ts'
import { onEachStore } from '../support/stores.ts'

const words = (text: string) => tokensOf(text).map(({ word }) => stem(word))

const paper = (key: string, texts: Partial<Record<'title' | 'authors' | 'body' | 'more', string>>, rest: Partial<IndexedDocument> = {}): IndexedDocument => ({
  group: 'one',
  kind: 'paper',
  key,
  paper: key,
  work: key,
  by: null,
  at: 1,
  words: { title: words(texts.title ?? ''), authors: words(texts.authors ?? ''), body: words(texts.body ?? ''), more: words(texts.more ?? '') },
  spelt: tokensOf(`${texts.title ?? ''} ${texts.authors ?? ''}`).map(({ word }) => word),
  ...rest,
})

onEachStore(store => {
  let index: Database
  const find = async (q: string, { within, ...rest }: Partial<Looked> & { within?: TextPart[] } = {}) => {
    const asked = askedBy(q)
    const steps = within === undefined ? {} : { steps: [{ all: asked.all, within }] }
    const found = await findDocuments(index, { group: 'one', kind: 'paper', ...asked, where: [], most: 100, ...steps, ...rest })
    return found.map(({ key }) => key)
  }
  beforeEach(async () => {
    index = await store.db.index()
    await emptyIndex(index, { epoch: 'e', seen: 0, cursor: null })
  })

  test('[X11] words, beginnings of words and phrases are found, the newest first', async () => {
    await putDocuments(index, [paper('a', { title: 'State spaces' }), paper('b', { body: 'A space of states' }), paper('c', { title: 'Nothing' })])
    expect(await find('state space')).toEqual(['b', 'a'])
    expect(await find('stat spac')).toEqual([])
    expect(await find('state spac')).toEqual(['b', 'a'])
    expect(await find('"state space"')).toEqual(['a'])
    expect(await find('"state spac')).toEqual(['a'])
    expect(await find('')).toEqual(['c', 'b', 'a'])
    expect(await find('', { most: 2 })).toEqual(['c', 'b'])
  })

  test('[X12] words are looked for in a part of the text, and left out', async () => {
    await putDocuments(index, [paper('a', { title: 'Gu', authors: 'Ada Lovelace' }), paper('b', { title: 'Mamba', authors: 'Albert Gu, Tri Dao' })])
    expect(await find('author:gu')).toEqual(['b'])
    expect(await find('title:gu')).toEqual(['a'])
    expect(await find('author:"albert gu" mamba')).toEqual(['b'])
    expect(await find('author:"gu albert"')).toEqual([])
    expect(await find('author:"lovelace gu"')).toEqual([])
    expect(await find('gu -mamba')).toEqual(['a'])
    expect(await find('-mamba')).toEqual(['a'])
    expect(await find('gu', { within: ['title'] })).toEqual(['a'])
    expect(await find('mamba author:gu', { within: ['title'] })).toEqual(['b'])
    expect(await find('mamba dao', { within: ['title', 'authors'] })).toEqual(['b'])
    expect(await find('dao -lovelace', { within: ['title', 'authors'] })).toEqual(['b'])
  })

  test('[X13] what is put again stands in the place of what was, and what is removed is gone', async () => {
    await putDocuments(index, [paper('a', { title: 'Old' }), paper('b', { title: 'Other' })])
    await putDocuments(index, [paper('a', { title: 'New' })])
    expect(await find('old')).toEqual([])
    expect(await find('new')).toEqual(['a'])
    await removeDocuments(index, [{ group: 'one', kind: 'paper', key: 'a' }])
    expect(await find('new')).toEqual([])
    expect(await find('')).toEqual(['b'])
    await putDocuments(index, [paper('a', { title: 'Again' })])
    expect(await find('again')).toEqual(['a'])
  })

  test('[X41] what is put for the first time together with what was there before is found beside it', async () => {
    await putDocuments(index, [paper('a', { title: 'First' }), paper('b', { title: 'Second' })])
    await putDocuments(index, [paper('c', { title: 'Third' }), paper('b', { title: 'Second again' })])
    expect((await find('')).toSorted()).toEqual(['a', 'b', 'c'])
    expect(await find('again')).toEqual(['b'])
  })

  test('[X14] nothing of another group or kind is found', async () => {
    await putDocuments(index, [
      paper('a', { title: 'Mamba' }),
      paper('b', { title: 'Mamba' }, { group: 'two' }),
      paper('c', { body: 'Mamba' }, { kind: 'comment', by: 'bob' }),
    ])
    expect(await find('mamba')).toEqual(['a'])
    expect(await find('mamba', { group: 'two' })).toEqual(['b'])
    expect(await find('mamba', { group: 'three' })).toEqual([])
    expect(await find('mamba', { kind: 'comment' })).toEqual(['c'])
    expect(await find('-x', { group: 'two' })).toEqual(['b'])
  })

  test('[X15] what stands in the title counts more than in authors, and there more than in the abstract', async () => {
    await putDocuments(index, [
      paper('a', { title: 'Mamba here' }),
      paper('b', { authors: 'Mamba Rex' }),
      paper('c', { body: 'A mamba and more' }),
      paper('d', { title: 'None' }),
    ])
    const found = await findDocuments(index, { group: 'one', kind: 'paper', ...askedBy('mamba'), where: [], most: 10 })
    expect(found.toSorted((a, b) => b.score - a.score).map(({ key }) => key)).toEqual(['a', 'b', 'c'])
  })

  test('[X16] conditions narrow what is found to rows of the tables', async () => {
    await putDocuments(index, [paper('a', { title: 'Mamba' }), paper('b', { title: 'Mamba' }, { at: 5 })])
    expect(await find('mamba', { where: [{ holds: sql`d.at > 3` }] })).toEqual(['b'])
    expect(await find('', { where: [{ holds: sql`d.paper NOT IN (SELECT paper FROM board_papers)` }, { holds: sql`d.at < 3` }] })).toEqual(['a'])
  })

  test('[X44] of papers with all words at most so many are found, those with them in the title first, then in title and names, then the newest', async () => {
    const plain = Array.from({ length: 30 }, (_, n) => paper(`p${n}`, { title: `Paper ${n}`, body: 'About a mamba' }))
    await putDocuments(index, [
      paper('title', { title: 'Mamba' }),
      paper('name', { authors: 'Mamba Rex' }),
      ...plain,
      paper('remark', { body: 'A mamba' }, { kind: 'comment', by: 'bob' }),
    ])
    const { all, none } = askedBy('mamba')
    const steps: Step[] = [{ all, within: ['title'] }, { all, within: ['title', 'authors'] }, { all }]
    expect(await find('mamba', { steps, most: 4 })).toEqual(['title', 'name', 'p29', 'p28'])
    expect(await find('mamba', { steps, most: 1 })).toEqual(['title'])
    const found = await candidates(index, { group: 'one', kinds: ['paper', 'comment'], asked: { all, none }, where: () => [], now: 1 })
    expect(found.found.map(({ key }) => key).slice(0, 2)).toEqual(['title', 'name'])
    expect([found.found.length, found.more]).toEqual([33, false])
  })

  test('[X45] a letter behind other words narrows titles and names alone', async () => {
    await putDocuments(index, [paper('a', { title: 'State space', body: 'None' }), paper('b', { title: 'State space machines' })])
    const asked = async (q: string) => {
      const { found } = await candidates(index, { group: 'one', kinds: ['paper'], asked: askedBy(q), where: () => [], now: 1 })
      return found.map(({ key }) => key)
    }
    expect(await asked('state m')).toEqual(['b', 'a'])
    expect(await asked('state ma')).toEqual(['b'])
    expect(await asked('m')).toEqual(['b'])
  })

  test('[X17] words that are misspelt find those of titles and names', async () => {
    await putDocuments(index, [paper('a', { title: 'Transformers', authors: 'Jürgen Schmidhuber, Ada Bear', body: 'Unspelt' })])
    expect(await wordsLike(index, 'transfomers', 1)).toEqual(['transformers'])
    expect(await wordsLike(index, 'shmidhuber', 1)).toEqual(['schmidhuber'])
    expect(await wordsLike(index, 'baer', 1)).toEqual(['bear'])
    expect(await wordsLike(index, 'unspelt', 1)).toEqual([])
    expect(await wordsLike(index, 'ab', 1)).toEqual([])
  })

  test('[X18] it is known in how many texts a word stands', async () => {
    await putDocuments(index, [paper('a', { title: 'Deep model' }), paper('b', { body: 'A model, a model' })])
    await putDocuments(index, [paper('a', { title: 'Deep model' })])
    const { texts, of } = await wordCounts(index, ['model', 'deep', 'none'])
    expect(texts).toBe(2)
    expect([...of].sort()).toEqual([
      ['deep', 1],
      ['model', 2],
    ])
  })

  test('[X19] how it stands is kept, and an empty one begins anew', async () => {
    await noteIndexState(index, { epoch: 'e', seen: 7, cursor: 'here' })
    expect(await indexState(index)).toEqual({ epoch: 'e', seen: 7, cursor: 'here' })
    await putDocuments(index, [paper('a', { title: 'Mamba' })])
    await emptyIndex(index, { epoch: 'f', seen: 0, cursor: '' })
    expect(await find('')).toEqual([])
    expect(await indexState(index)).toEqual({ epoch: 'f', seen: 0, cursor: '' })
  })

  describe('[X20] no text and no query is an error,', () => {
    test('whatever they are', async () => {
      const random = randomFrom()
      for (let n = 0; n < 150; n++) {
        const [text, q] = [oddText(random, 20), oddText(random, 20)]
        const about = `seed ${random.seed}, text ${JSON.stringify(text)}, query ${JSON.stringify(q)}`
        await expect(putDocuments(index, [paper(`p${n % 10}`, { title: text, authors: text, body: text })]), about).resolves.toBeUndefined()
        await expect(find(q), about).resolves.toBeInstanceOf(Array)
        await expect(find(q, { within: ['title'] }), about).resolves.toBeInstanceOf(Array)
      }
    })
  })
})
