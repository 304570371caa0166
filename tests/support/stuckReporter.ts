/**
 * A test whose process no longer answers meets no time limit: the timer is in that process. A run that has stood still for
 * long says where each process is, by Node's inspector, and loses those processes, so that it ends and is counted.
 */
import { existsSync, readFileSync } from 'node:fs'
import type { Reporter } from 'vitest/node'

/** How long a process may take to say where it is: ms. */
const patience = 5_000

/** Looks whether nothing has come to its end for `after` ms, which is longer than any time limit of a test. */
export const stuckReporter = (after: number): Reporter => {
  const running = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const goesOn = () => void timer?.refresh()
  return {
    onTestRunStart() {
      timer = setTimeout(() => void end(running), after)
      timer.unref()
    },
    onTestModuleStart(module) {
      running.add(module.relativeModuleId)
      goesOn()
    },
    onTestModuleEnd(module) {
      running.delete(module.relativeModuleId)
      goesOn()
    },
    onTestCaseResult: goesOn,
    onTestRunEnd() {
      clearTimeout(timer)
    },
  }
}

async function end(running: ReadonlySet<string>) {
  console.error(`The tests stand still. Not done: ${[...running].join(', ') || 'no file'}.`)
  for (const pid of children()) {
    console.error(`Process ${pid}: ${await placeOf(pid).catch(error => `cannot be asked: ${error}`)}`)
    process.kill(pid, 'SIGKILL')
    // The next one listens on the same port.
    while (children().includes(pid)) await new Promise(resolve => setTimeout(resolve, 50))
  }
}

/** The processes that vitest has started for tests; none where the system does not tell. */
const children = (): number[] => {
  const told = `/proc/${process.pid}/task/${process.pid}/children`
  if (!existsSync(told)) return []
  const pids = readFileSync(told, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  return pids.filter(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('workers/forks'))
}

interface Frame {
  functionName: string
  location: { scriptId: string; lineNumber: number }
}
interface Told {
  id?: number
  method?: string
  params?: { callFrames?: Frame[]; scriptId?: string; url?: string }
  result?: { result?: { value?: unknown } }
}

/** Where a process is: what it waits for, or its stack while it computes. */
async function placeOf(pid: number): Promise<string> {
  process.kill(pid, 'SIGUSR1')
  const socket = new WebSocket(await inspectorOf(performance.now() + patience))
  const ask = (id: number, method: string, params = {}) => socket.send(JSON.stringify({ id, method, params }))
  const scripts = new Map<string | undefined, string | undefined>()
  const nameOf = ({ functionName, location }: Frame) => `  ${functionName || 'anonymous'} ${scripts.get(location.scriptId)}:${location.lineNumber + 1}`
  const place = await new Promise<string>(resolve => {
    socket.onopen = () => {
      ask(1, 'Debugger.enable')
      ask(2, 'Debugger.pause')
    }
    // What waits is not paused: it runs nothing.
    setTimeout(() => {
      ask(3, 'Debugger.disable')
      ask(4, 'Runtime.evaluate', { expression: 'process.getActiveResourcesInfo().join()' })
    }, patience)
    setTimeout(() => resolve('does not say'), 2 * patience)
    socket.onmessage = ({ data }) => {
      const { id, method, params, result } = JSON.parse(String(data)) as Told
      if (method === 'Debugger.scriptParsed') scripts.set(params?.scriptId, params?.url)
      if (method === 'Debugger.paused') resolve(`computes\n${params?.callFrames?.map(nameOf).join('\n')}`)
      if (id === 4) resolve(`waits for ${String(result?.result?.value)}`)
    }
  })
  socket.close()
  return place
}

/** The address of the inspector that Node starts on SIGUSR1, as soon as it listens. */
async function inspectorOf(until: number): Promise<string> {
  for (;;) {
    try {
      const [target] = (await (await fetch('http://127.0.0.1:9229/json/list')).json()) as { webSocketDebuggerUrl: string }[]
      if (target) return target.webSocketDebuggerUrl
    } catch (error) {
      if (performance.now() > until) throw error
    }
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
