/**
 * Preloaded into every server under test, ours too: on SIGUSR2 it throws away what can be thrown away and says so, so
 * that figures of memory compare what is in use. Needs `--expose-gc` and an IPC channel.
 */
import { isMainThread } from 'node:worker_threads'

// A server's own threads load this too. Signals and the channel are the main one's.
if (isMainThread) {
  process.on('SIGUSR2', () => {
    // The second pass takes what the first one's finalizers let go of.
    globalThis.gc()
    globalThis.gc()
    process.send('collected')
  })
  // However the bench ends, no server outlives it. Unreferenced, the channel keeps nothing running.
  process.on('disconnect', () => process.exit())
  process.channel.unref()
}
