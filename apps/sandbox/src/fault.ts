import type { Delivery } from './delivery.ts'
import type { Model } from './models.ts'

const slowPaceMs = 400
/** Far enough to be inside a file, near enough for a test not to wait. */
const framesBeforeFault = 40

/** Events that don't belong in an answer. */
type StrayEvents = { garbage: string; refusal: string }

/** The delivery as a misbehaving transport spoils it; a JSON answer has two frames, and one is the middle. */
export function withFault(
  transport: Model['transport'],
  delivery: Delivery,
  strays: StrayEvents & { isStream: boolean },
): Delivery {
  const frameLimit = strays.isStream ? framesBeforeFault : 1
  const broken = (limit: number, stray: string) => ({
    ...delivery,
    frames: interrupted(delivery.frames, limit, stray),
  })
  switch (transport) {
    case 'slow':
      return { ...delivery, paceMs: slowPaceMs }
    case 'hang-headers':
      return { ...delivery, frameLimit: 0, ending: 'silence' }
    case 'stall':
      return { ...delivery, frameLimit, ending: 'silence' }
    case 'cut':
      return { ...delivery, frameLimit, ending: 'reset' }
    case 'fin':
      return { ...delivery, frameLimit }
    case 'garbage':
      return broken(frameLimit, strays.garbage)
    case 'midstream-error':
      return broken(frameLimit, strays.refusal)
    case 'early-error':
      return broken(0, strays.refusal)
    default:
      return delivery
  }
}

/** The first frames, then an event that doesn't belong there, then the end. */
function* interrupted(frames: Iterable<string>, limit: number, stray: string): Generator<string> {
  let sent = 0
  for (const frame of frames) {
    if (sent === limit) break
    yield frame
    sent += 1
  }
  yield stray
}
