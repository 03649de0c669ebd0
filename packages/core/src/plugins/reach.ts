import type { Capabilities } from './gate.ts'

const lists = new Intl.ListFormat('en-US')

/** What a plugin's code can reach on the machine that installs it, as one sentence. */
export function reachText({ network, processes, files }: Omit<Capabilities, 'details'>): string {
  const reaches = [
    ...(network ? ['the network'] : []),
    ...(processes ? ['other programs'] : []),
    ...(files ? ['files on disk'] : []),
  ]
  return reaches.length === 0
    ? 'Its code reaches neither the network, nor other programs, nor files on disk by itself.'
    : `Its code can reach ${lists.format(reaches)}.`
}
