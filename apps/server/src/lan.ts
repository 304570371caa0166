/** Where phones in the same network reach the server, when the page that shows the way was opened by a name that only its machine knows. */
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import type { Env } from './env.ts'

/** Networks within the machine: of containers, virtual machines and tunnels. */
const within = /^(docker|br-|veth|virbr|vbox|vmnet|vnic|lxc|lxd|podman|cni|flannel|tun|tap|utun|wg|zt|tailscale|vEthernet)/i

/** The addresses by which others in the network may reach this machine, the likeliest first. */
export function lanAddresses(interfaces: Readonly<Record<string, NetworkInterfaceInfo[] | undefined>>): string[] {
  const all = Object.entries(interfaces).flatMap(([name, infos]) => (infos ?? []).map(info => ({ name, ...info })))
  // What a machine gives itself where nobody gives it an address leads nowhere.
  const usable = all.filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
  return usable.toSorted((a, b) => Number(within.test(a.name)) - Number(within.test(b.name))).map(({ address }) => address)
}

/** Origins in the network. None where people are told another address, and where only this machine is listened to. */
export function lanOrigins({ host, publicUrl, lan }: Pick<Env, 'host' | 'publicUrl' | 'lan'>, port: string): string[] {
  if (!lan || publicUrl !== null || (host !== '0.0.0.0' && host !== '::')) return []
  return lanAddresses(networkInterfaces()).map(address => `http://${address}${port === '' ? '' : `:${port}`}`)
}
