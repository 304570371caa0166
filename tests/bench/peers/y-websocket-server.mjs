/** The reference server for y-websocket, by its own entry point: HOST and PORT. It keeps nothing on disk. */
import '@y/websocket-server/server'
