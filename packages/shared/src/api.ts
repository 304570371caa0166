/**
 * What crosses the HTTP API: each request body once as a schema, each answer once as a type. Times are ms since 1970. A part of
 * the product is a file in `api/`.
 */
export * from './api/accounts.ts'
export * from './api/addresses.ts'
export * from './api/errors.ts'
export * from './api/exports.ts'
export * from './api/groups.ts'
export * from './api/imports.ts'
export * from './api/lists.ts'
export * from './api/notices.ts'
export * from './api/papers.ts'
export * from './api/readings.ts'
export * from './api/schedules.ts'
