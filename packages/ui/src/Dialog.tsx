import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

type DialogProps = {
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  /** `sheet` slides in from the right, for reading beside a table. */
  shape?: 'box' | 'sheet' | 'sheet-left'
  children: ReactNode
}

const shapes = {
  box: 'top-[15vh] left-1/2 max-h-[75vh] w-[min(440px,calc(100vw-32px))] -translate-x-1/2 rounded-md border data-ending-style:scale-98 data-starting-style:scale-98',
  sheet:
    'inset-y-0 right-0 w-[min(480px,100vw)] border-l data-ending-style:translate-x-4 data-starting-style:translate-x-4',
  'sheet-left':
    'inset-y-0 left-0 w-[min(280px,86vw)] border-r data-ending-style:-translate-x-4 data-starting-style:-translate-x-4',
}

export function Dialog({ isOpen, onClose, title, description, shape = 'box', children }: DialogProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={cn(
            'fixed z-40 flex flex-col overflow-y-auto border-line-strong bg-surface shadow-float outline-none transition-[opacity,scale,translate] duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0',
            shapes[shape],
          )}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-4">
            <div className="min-w-0">
              <Base.Title className="font-semibold text-lg">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-0.5 text-muted text-sm">{description}</Base.Description>
              )}
            </div>
            <Base.Close
              aria-label="Close"
              className="-mr-1.5 inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink pointer-coarse:-mt-2 pointer-coarse:size-10"
            >
              <X size={16} aria-hidden />
            </Base.Close>
          </div>
          <div className="flex-1 px-5 pt-4 pb-5">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
