import { Toaster } from 'sonner'

/** Below, because banners stand above: what is told for a moment never covers what is told until it is over. */
export function Toasts() {
  return (
    <Toaster
      position="bottom-right"
      offset={16}
      mobileOffset={12}
      style={{ fontFamily: 'inherit' }}
      theme="system"
      duration={6_000}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-md border border-line-strong bg-surface px-3 py-2.5 text-sm text-ink shadow-float',
          content: 'min-w-0 flex-1',
          description: 'text-muted',
          actionButton:
            'h-7 shrink-0 rounded-md border border-line-strong px-2.5 font-medium text-sm hover:bg-hover',
          icon: 'text-muted',
        },
      }}
    />
  )
}
