/** The server that came with y-websocket 2, the one that can store: HOST, PORT, and YPERSISTENCE for a folder of LevelDB. */
import { createRequire } from 'node:module'

createRequire(import.meta.url)('./node_modules/y-websocket/bin/server.cjs')
