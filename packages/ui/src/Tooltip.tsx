import { Tooltip as Base } from '@base-ui/react/tooltip'
import { lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react'

// What opens and finds its place is much code, and comes with the first tooltip that opens. Should it not come, the name
// that screen readers have is enough: no page fails for a tooltip.
const TooltipPopup = lazy(() =>
  import('./TooltipPopup.tsx').then(
    (popup) => ({ default: popup.TooltipPopup }),
    () => ({ default: () => null }),
  ),
)

type TooltipProps = { text: ReactNode; side?: 'top' | 'right'; children: ReactElement }

/** Shows `text` on hover and on focus. The child must already have a name of its own for screen readers. */
export function Tooltip({ text, side = 'top', children }: TooltipProps) {
  const [wasOpened, setOpened] = useState(false)
  return (
    <Base.Root onOpenChange={(isOpen) => isOpen && setOpened(true)}>
      <Base.Trigger render={children} delay={400} />
      {wasOpened && (
        <Suspense>
          <TooltipPopup side={side}>{text}</TooltipPopup>
        </Suspense>
      )}
    </Base.Root>
  )
}
