import { cpSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The bundle is one file, so what the server reads beside a source file moves beside the bundle. */
const migrations = (): Plugin => ({
  name: 'migrations',
  closeBundle() {
    if (existsSync(here('src/db/migrations'))) cpSync(here('src/db/migrations'), here('dist/migrations'), { recursive: true })
  },
})

/**
 * The server, the threads of its database and of imports, and the commands beside it, in few files: importing its packages one by one costs memory and a slow start, drizzle-orm above all.
 * Native packages stay outside, and pino, which starts workers from files of its own.
 */
export default defineConfig({
  plugins: [migrations()],
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node24',
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(
        ['main', 'db/sqliteThread', 'papers/read/readThread', 'formThread', 'backup', 'restore', 'checkData'].map(path => [
          path.split('/').at(-1) ?? path,
          here(`src/${path}.ts`),
        ]),
      ),
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2', 'pino', 'bufferutil', 'utf-8-validate'] },
})
