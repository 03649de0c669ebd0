/** A server-sent event; OpenAI's have no names. */
export function event(text: string, name?: string): string {
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${text}\n\n`
}

/** One JSON answer, in two halves so that it can break off in between. */
export function jsonFrames(answer: object): string[] {
  const body = JSON.stringify(answer)
  const middle = Math.floor(body.length / 2)
  return [body.slice(0, middle), body.slice(middle)]
}
