import { serveStatic } from '@hono/node-server/serve-static'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'

/** Vite puts a hash of the content into the names of what it builds into this folder. */
const hashed = /[\\/]assets[\\/]/

/**
 * Serves the built web app from `folder`, with files that the build has compressed (`.br`, `.gz`) where there are. Hashed
 * assets are kept for ever, everything else is asked for anew. Every other address a person may open is a page of the app.
 */
export const webApp = (folder: string) => {
  const file = serveStatic<AppEnv>({
    root: folder,
    precompressed: true,
    onFound: (path, c) => {
      c.header('Cache-Control', hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const page = serveStatic<AppEnv>({
    root: folder,
    path: 'index.html',
    precompressed: true,
    onFound: (_path, c) => {
      c.header('Cache-Control', 'no-cache')
    },
  })
  return createMiddleware<AppEnv>(async (c, next) => {
    // Not `next` yet: it would answer 404 for good, and Hono takes no second answer.
    const found = await file(c, async () => undefined)
    if (found instanceof Response) return found
    // An asset of an earlier build must be missing: a page in its place would break the app in odd ways.
    return c.req.header('accept')?.includes('text/html') ? page(c, next) : next()
  })
}
