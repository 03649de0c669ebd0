/** Limits of the plugin maker, one screen. */
export const makerLimits = {
  promptCodePoints: 20_000,
  titleCodePoints: 100,
  runningPerOrg: 2,
  waitingPerOrg: 10,
  repairsPerGeneration: 2,
  refundedFailuresPerDay: 10,
  downloadLinkSeconds: 300,
  locksPerPlugin: 200,
  /** Open streams of one person, in one process of the API. A hidden page gives its own back. */
  watchesPerPerson: 20,
} as const
