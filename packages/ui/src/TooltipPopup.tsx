import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'

/** The part of a tooltip that is not there until it opens. */
export function TooltipPopup({ side, children }: { side: 'top' | 'right'; children: ReactNode }): ReactNode {
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={6} side={side} className="z-50">
        <Base.Popup className="max-w-72 rounded-md bg-ink px-2 py-1 text-page text-xs shadow-float">
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}
