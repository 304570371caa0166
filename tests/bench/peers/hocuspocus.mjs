/** Hocuspocus: HOST, PORT, and STORE for a folder with one file a document. */
import { mkdirSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'

const { HOST, PORT, STORE } = process.env

const files = folder => {
  const file = name => join(folder, encodeURIComponent(name))
  return new Database({
    fetch: ({ documentName }) => readFile(file(documentName)).catch(() => null),
    store: async ({ documentName, state }) => {
      await writeFile(`${file(documentName)}.new`, state)
      await rename(`${file(documentName)}.new`, file(documentName))
    },
  })
}

if (STORE) mkdirSync(STORE, { recursive: true })
const server = new Server({
  address: HOST,
  port: Number(PORT),
  quiet: true,
  extensions: STORE ? [files(STORE)] : [],
  // Without a check of tokens it would not ask for one.
  onAuthenticate: async () => ({}),
})
await server.listen()
