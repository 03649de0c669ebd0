/** A stream that we write to. */
export type Sink = { write: (text: string) => unknown }

/** What a run needs of its process: everything outside comes in here, so that tests can be a process of their own. */
export type Io = {
  /** The words after the program's name. */
  argv: string[]
  env: Record<string, string | undefined>
  cwd: string
  /** Results: what a script reads. */
  stdout: Sink
  /** Progress and errors: what a person reads. */
  stderr: Sink
  /** Null where nothing can be written twice: in a pipe, a log. */
  liveLine: LiveLine | null
  /** Aborts at the first Ctrl-C. */
  interrupted: AbortSignal
  /** Opens an address in the person's browser. */
  openBrowser: (url: string) => Promise<unknown>
}

/** The one line of a terminal that is written again and again. */
export type LiveLine = {
  show: (text: string) => void
  /** Takes the line away; what is written next stands in its place. */
  clear: () => void
}
