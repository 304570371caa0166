import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Protocol } from './load/wire.ts'

const peers = fileURLToPath(new URL('peers', import.meta.url))

/** A server that can be measured. */
export interface Target {
  name: string
  /** The limit shows what can be reached; ratios are to the best of the peers. */
  role: 'ours' | 'peer' | 'limit'
  protocol: Protocol
  /** Has documents; a broadcaster passes messages on and has none. */
  keeps: boolean
  /** Can store them. */
  stores: boolean
  /** Where its folder lies: on disk, or in memory, where making a page durable costs nothing. */
  folder: 'disk' | 'memory'
  /** The package that `versionOf` looks up, null for ours. */
  package: string | null
  /** The file that node runs, and its environment beside HOST and PORT. */
  command: (options: { folder: string; stores: boolean }) => { file: string | null; env: Record<string, string> }
}

const ours: Omit<Target, 'name' | 'folder'> = {
  role: 'ours',
  protocol: 'y-websocket',
  keeps: true,
  stores: true,
  package: null,
  // The bundle that the bench made, with what `npm start` gives it.
  command: ({ folder }) => ({ file: null, env: { DATA_DIR: folder, LOG_LEVEL: 'warn', NODE_OPTIONS: '--max-semi-space-size=8' } }),
}

const peer = (name: string, of: Pick<Target, 'protocol' | 'stores' | 'package'> & { env?: (folder: string) => Record<string, string> }): Target => ({
  role: 'peer',
  keeps: true,
  folder: 'disk',
  name,
  ...of,
  command: ({ folder, stores }) => ({ file: join(peers, `${name}.mjs`), env: stores ? (of.env?.(folder) ?? {}) : {} }),
})

export const targets: readonly Target[] = [
  { ...ours, name: 'paperboard', folder: 'disk' },
  { ...ours, name: 'paperboard-memory', folder: 'memory' },
  peer('y-websocket-server', { protocol: 'y-websocket', stores: false, package: '@y/websocket-server' }),
  peer('y-websocket', { protocol: 'y-websocket', stores: true, package: 'y-websocket', env: folder => ({ YPERSISTENCE: folder }) }),
  peer('hocuspocus', { protocol: 'hocuspocus', stores: true, package: '@hocuspocus/server', env: folder => ({ STORE: folder }) }),
  { ...peer('bare', { protocol: 'y-websocket', stores: false, package: 'ws' }), role: 'limit' },
  { ...peer('broadcast', { protocol: 'broadcast', stores: false, package: 'ws' }), role: 'limit', keeps: false },
]

/** The version of a peer's package that is installed. */
export function versionOf(target: Target): string {
  if (target.package === null) return 'this'
  const { name, version } = JSON.parse(readFileSync(join(peers, 'node_modules', target.package, 'package.json'), 'utf8'))
  return `${name} ${version}`
}
