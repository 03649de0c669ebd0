/**
 * A generator whose failures cannot end the process. tRPC asks for the next message while the last one still waits for a slow
 * client: nobody listens to that promise yet, and Node ends on a rejection without a listener. Who awaits it hears of it all the same.
 */
export function withoutStrays<Item>(generator: AsyncGenerator<Item, void>): AsyncGenerator<Item, void> {
  const next = generator.next.bind(generator)
  generator.next = () => {
    const result = next()
    result.catch(() => undefined)
    return result
  }
  return generator
}
