/** Files that are there in whole or not at all, also after a power cut. */
import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'

/** Waits until a file, or the names in a folder, are on the disk. */
export function flush(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Gives a finished file its name. What had that name before is gone. */
export function renameDurably(from: string, to: string): void {
  flush(from)
  renameSync(from, to)
  flush(dirname(to))
}
