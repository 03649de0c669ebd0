import { Socket } from 'node:net'

/** The driver's own options as it hands them to a socket factory. */
type DriverOptions = { host: string[]; port: number[]; path?: string | false }

/**
 * A socket that ends in one step: once the server has spoken, an error is not told apart from a close.
 *
 * Node emits `error` and, in a later phase of the loop, `close`. postgres.js 3.4.9 rejects what is running at the first
 * and forgets, at the second, whatever was sent in between: those statements never settle and the pool's place is lost
 * for ever. With `close` alone it rejects everything at once. Errors of connecting still come as such.
 */
class OneEndSocket extends Socket {
  host = ''
  port = 0
  #hasSpoken = false

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'data') this.#hasSpoken = true
    if (this.#hasSpoken && event === 'error') return true
    if (this.#hasSpoken && event === 'close') return super.emit('close', false)
    return super.emit(event, ...args)
  }
}

/** For postgres.js's `socket` option. Connects in the background: the driver's start-up message waits in the socket. */
export function openSocket({ host: [host = 'localhost'], port: [port = 5432], path }: DriverOptions): Socket {
  const socket = new OneEndSocket()
  socket.host = host
  socket.port = port
  return typeof path === 'string' ? socket.connect(path) : socket.connect(port, host)
}
