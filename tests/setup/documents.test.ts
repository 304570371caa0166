/** The documents point to what there is: links, decisions, and the rules that tests prove. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { board } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { group } from '@paperboard/shared/group'
import { meetingKind } from '@paperboard/shared/meeting'
import { refusals } from '@paperboard/shared/refusals'
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

test('[T13] every kind of record, each code with which a socket is closed, and each reason for a refusal stand in the documents', () => {
  const [protocol, meeting] = [read('docs/protocol.md'), read('docs/meeting.md')]
  const roots = (text: string, names: object) => Object.keys(names).filter(name => !text.includes(`\`${name}\``))
  expect({ board: roots(protocol, board.roots), group: roots(protocol, group.roots), meeting: roots(meeting, meetingKind.roots) }).toEqual({
    board: [],
    group: [],
    meeting: [],
  })
  expect(Object.values(closeCodes).filter(code => !protocol.includes(`| ${code} |`))).toEqual([])
  expect(Object.entries(refusals).filter(([code, why]) => !protocol.includes(`| \`${code}\` | ${why} |`))).toEqual([])
})

test('[T14] every address of the API stands in the documents', () => {
  const named = documents
    .flatMap(path => [...read(path).matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.split(/[\s,]+/)))
    .flatMap(word => /^(?:\/api)?(…?\/[^?]*)/.exec(word)?.[1] ?? [])
  const isNamed = (address: string) => named.some(name => (name.startsWith('…') ? address.endsWith(name.slice(1)) : name === address))
  // What stands elsewhere than under /api has an address that begins with a secret; `control.ts` is for commands of this machine.
  const files = filesIn('apps/server/src/routes', /\.ts$/).filter(path => !path.endsWith('control.ts'))
  const addresses = files.flatMap(addressesIn).filter(address => !address.startsWith('/:'))
  expect(addresses.length).toBeGreaterThan(80)
  expect(addresses.filter(address => !isNamed(address))).toEqual([])
})

/** The addresses that a file of routes answers at; it may name their beginnings. */
function addressesIn(path: string): string[] {
  const text = read(path)
  const begun = new Map([...text.matchAll(/const (\w+) = ['`]([^'`]+)['`]/g)].map(([, name = '', address = '']) => [name, address]))
  const whole = (address: string): string => address.replace(/\$\{(\w+)\}/g, (_, name) => whole(begun.get(name) ?? name))
  return [...text.matchAll(/\.(?:get|post|put|patch|delete)\(\s*(?:['`](\/[^'`]+|\$\{[^'`]+)['`]|(\w+)),/g)].map(([, address, name = '']) =>
    whole(address ?? begun.get(name) ?? name),
  )
}
