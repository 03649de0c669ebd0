/** The address of a server as somebody wrote it: its origin, or why it cannot be used. */
export type ServerUrl = { origin: string; problem: null } | { origin: null; problem: string }

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Reads the address of a server. The session's token travels to it with every call, so anything but this machine needs https.
 */
export function readServerUrl(text: string): ServerUrl {
  const url = URL.parse(text.trim())
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return refused(`“${text}” is no address of a server. Write it like https://tallyforge.example.`)
  }
  if (url.username !== '' || url.password !== '') {
    return refused('Leave the name and password out of the server’s address: you sign in with a code.')
  }
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) {
    return refused(`Use https for ${url.hostname}: over http others could read your session.`)
  }
  return { origin: url.origin, problem: null }
}

const refused = (problem: string): ServerUrl => ({ origin: null, problem })
