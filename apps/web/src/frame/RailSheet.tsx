import { Dialog } from '@tallyforge/ui/Dialog'
import { Rail } from './Rail.tsx'

/** The rail of a narrow screen: a sheet over the page. */
export function RailSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Menu" shape="sheet-left">
      <Rail className="-mx-5 -mb-5 bg-transparent" onNavigate={onClose} />
    </Dialog>
  )
}
