/** The commands beside the server, run as people run them. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const server = fileURLToPath(new URL('../../apps/server', import.meta.url))
const fileOf = (name: string) => join(server, process.env.PAPERBOARD_DIST === '1' ? `dist/${name}.js` : `src/${name}.ts`)

/** Runs a command of apps/server to its end. `output` is all that it wrote. */
export function runCommand(name: string, args: string[], env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [fileOf(name), ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => {
        output += chunk
      })
    child.once('close', code => resolve({ code, output }))
  })
}
