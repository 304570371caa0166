/** The documents point to what there is: links, decisions, and the rules that tests prove. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

const left = new Set(['node_modules', 'dist', 'fixtures', 'tmp', 'test-results'])
const filesIn = (folder: string, ends: RegExp): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return left.has(entry.name) || entry.name.startsWith('.') ? [] : filesIn(path, ends)
    return ends.test(entry.name) ? [path] : []
  })
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const documents = ['README.md', ...filesIn('docs', /\.md$/)]
const sources = ['apps', 'packages', 'tests', 'scripts'].flatMap(folder => filesIn(folder, /\.(ts|tsx|mjs|css)$/))
const decisions = readdirSync(join(root, 'docs/decisions'))

/** A heading as links name it: `#two-kinds-of-state`. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')
const anchorsIn = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))

test('[T10] every link in the documents leads to a file that there is, and to a heading that it has', () => {
  const broken = documents.flatMap(path =>
    [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
      if (/^[a-z]+:/i.test(link)) return []
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : relative(root, resolve(root, dirname(path), file))
      const leads = existsSync(join(root, target)) && (anchor === undefined || anchorsIn(read(target)).includes(anchor))
      return leads ? [] : [`${path}: ${link}`]
    }),
  )
  expect(broken).toEqual([])
})

test('[T11] a decision that is named, in a document or in the code, is there; no two have one number, and each is named by its own', () => {
  const numbers = decisions.map(name => name.slice(0, 4))
  expect(numbers).toEqual([...new Set(numbers)].sort())
  const named = [...documents, ...sources].flatMap(path =>
    [...read(path).matchAll(/decisions\/(\d{4}[\w-]*)/g)].map(([, name = '']) => ({ path, name: name.replace(/\.md$/, '') })),
  )
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter(({ name }) => !decisions.some(file => file === `${name}.md` || (name.length === 4 && file.startsWith(name))))).toEqual([])
})

test('[T12] every number that a test bears stands in docs/rules.md, and every rule there has a test', () => {
  const rules = [...read('docs/rules.md').matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm)].map(([, id = '']) => id)
  const proven = new Set(filesIn('tests', /\.test\.ts$/).flatMap(path => [...read(path).matchAll(/['"`]\[([A-Z]+\d+)\]/g)].map(([, id = '']) => id)))
  expect([...proven].filter(id => !rules.includes(id)).sort()).toEqual([])
  expect(rules.filter(id => !proven.has(id)).sort()).toEqual([])
})
