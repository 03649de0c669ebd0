import type { Command } from 'commander'
import { openServer, type Server, type SignedIn, signedIn } from './connection.ts'
import type { Io } from './io.ts'
import { createOutput, type Output } from './output.ts'
import { openSessionFile, type SessionFile } from './session-file.ts'

/** Options that every command takes. */
type GlobalOptions = { server?: string; org?: string; json?: boolean }

/** What a command works with. */
export type Cli = {
  io: Io
  file: SessionFile
  out: Output
  server: () => Promise<Server>
  signedIn: () => Promise<SignedIn>
}

/** The words of a command line, read: what a command's action begins with. */
export function createCli(io: Io, command: Command): Cli {
  const { server, org, json = false } = command.optsWithGlobals<GlobalOptions>()
  const file = openSessionFile(io.env)
  const open = () => openServer(io, file, server)
  return {
    io,
    file,
    out: createOutput(io, json),
    server: open,
    signedIn: async () => signedIn(await open(), org),
  }
}
