/** Lets whoever comes with a key that is being worked on wait for that work, and answers all of them alike: its result or its error. */
export function createSingleFlight<Result>() {
  const flights = new Map<string, Promise<Result>>()
  return (key: string, work: () => Promise<Result>): Promise<Result> => {
    const flying = flights.get(key)
    if (flying !== undefined) return flying
    const flight = work().finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }
}
