/** Certificates for tests, made by openssl: an authority of one's own, and what it vouches for. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onPath } from '../../scripts/programs.mjs'

const run = promisify(execFile)

/** Whether certificates can be made here. */
export const hasOpenssl = onPath('openssl') !== undefined

export interface Certificates {
  /** The file with the certificate of the authority. */
  authority: string
  /** Of a server under this name alone. */
  server: { certificate: string; key: string }
  remove(): void
}

/** Makes an authority that nobody knows, and by it the certificate of a server called `name`. Both hold for two days. */
export async function makeCertificates(name: string): Promise<Certificates> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-certificates-'))
  const file = (part: string) => join(folder, part)
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Authority of a test')
  await openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', `/CN=${name}`)
  writeFileSync(file('names'), `subjectAltName=DNS:${name}\n`)
  const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names']
  await openssl('x509', '-req', '-in', 'server.csr', ...by, '-out', 'server.pem', '-days', '2')
  return {
    authority: file('ca.pem'),
    server: { certificate: readFileSync(file('server.pem'), 'utf8'), key: readFileSync(file('server.key'), 'utf8') },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
