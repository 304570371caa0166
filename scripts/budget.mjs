import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './project.mjs'

/** What a first visit may load of scripts before it shows a page, bytes of gzip. Editors and mathematics come later. */
const budget = 120_000

const dist = join(root, 'apps', 'web', 'dist')

/** The scripts that the page names, its entry and what the entry imports at once, with their sizes in gzip. */
const initialScripts = () => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  const named = [...page.matchAll(/<script[^>]*\ssrc="([^"]+)"|<link[^>]*rel="modulepreload"[^>]*href="([^"]+)"/g)].map(match => match[1] ?? match[2])
  return [...new Set(named)].map(path => ({ path, bytes: gzipSync(readFileSync(join(dist, path))).length }))
}

/** Prints the scripts of a first visit to the built app and says whether they keep to the budget. */
export const withinBudget = () => {
  const scripts = initialScripts()
  const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0)
  const row = (bytes, name) => console.log(`${(bytes / 1000).toFixed(1).padStart(8)} KB  ${name}`)
  for (const { path, bytes } of scripts) row(bytes, path)
  row(total, `gzip in all, of ${budget / 1000} KB`)
  return scripts.length > 0 && total <= budget
}
