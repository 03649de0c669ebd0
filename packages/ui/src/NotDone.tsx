import { tokensText } from '@tallyforge/core/format'
import { notDoneText } from '@tallyforge/core/plugins/outcome'
import { Callout } from './Callout.tsx'
import { Prose } from './Prose.tsx'

type NotDoneProps = {
  /** What the model answered. */
  prose: string
  /** For the version, in microtokens. */
  charged: bigint
}

/** What builds may still not do what was asked for: the model's own words of that, before anybody installs it. */
export function NotDone({ prose, charged }: NotDoneProps) {
  const text = notDoneText(prose)
  if (!text) return null
  return (
    <Callout tone="warn" title="Not everything was done" className="mt-3 text-sm">
      <Prose text={text} />
      {charged > 0n && <p className="mt-2">You paid {tokensText(charged)} for this version.</p>}
    </Callout>
  )
}
