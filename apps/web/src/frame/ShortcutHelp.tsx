import { Dialog } from '@tallyforge/ui/Dialog'
import { Kbd } from '@tallyforge/ui/Kbd'
import { localKeys, shortcuts } from './shortcuts.ts'

/** Every key that does something. */
export function ShortcutHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keyboard shortcuts">
      <dl className="flex flex-col divide-y border-y">
        {[...Object.values(shortcuts), ...localKeys].map(({ keys, does }) => (
          <div key={keys} className="flex items-center justify-between gap-4 py-2 text-sm">
            <dt>{does}</dt>
            <dd>
              <Kbd keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
