/**
 * Reads an address that a browser may be opened at; null for one that leads elsewhere: into a program of this machine, to a file, or
 * under a name that is not the host's. With `below`, a server's origin, it must be of that server, and may be a path alone.
 */
export function readWebAddress(text: string, below?: string): string | null {
  const url = URL.parse(text, below)
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  if (url.username !== '' || url.password !== '') return null
  return below === undefined || url.origin === below ? url.href : null
}
